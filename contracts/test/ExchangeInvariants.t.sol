// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../src/local/TestUSD.sol";
import {Exchange} from "../src/market/Exchange.sol";
import {ExchangeHandler} from "./ExchangeHandler.sol";
import {InvariantTest} from "./base/InvariantTest.sol";

contract ExchangeInvariants is InvariantTest {
    ExchangeHandler private handler;
    Exchange private exchange;
    TestUSD private usd;

    function setUp() public {
        handler = new ExchangeHandler();
        (exchange, usd) = (handler.exchange(), handler.usd());
        target(address(handler));
    }

    function invariant_E1_noOrderFillsMoreThanItsMaximum() public view {
        for (uint256 i = 0; i < handler.orderCount(); ++i) {
            ExchangeHandler.Kept memory kept = handler.orderAt(i);
            vm.assertLe(kept.fills, kept.order.maxFills, "fills");
            uint256 counted = kept.order.maxFills == 1 ? 0 : kept.fills;
            vm.assertEq(exchange.filled(kept.hash), counted, "filled");
        }
    }

    function invariant_E4_moneyIsConserved() public view {
        uint256 sum = usd.balanceOf(address(exchange)) + usd.balanceOf(address(0x2981)) + usd.balanceOf(address(0xFEE5));
        for (uint256 i = 0; i < 3; ++i) {
            sum += usd.balanceOf(handler.account(i));
        }
        vm.assertEq(sum, usd.totalSupply(), "nothing vanishes");
        vm.assertEq(usd.balanceOf(address(exchange)), exchange.credits(address(0xFEE5), address(usd)), "held = owed");
        vm.assertEq(usd.balanceOf(address(exchange)) + handler.withdrawn(), handler.fees(), "fees");
        vm.assertEq(usd.balanceOf(address(0x2981)), handler.royalties(), "E6: royalties");
        vm.assertEq(address(exchange).balance, 0, "no native money");
    }

    function invariant_E15_atMostOneSingleFillOrderOfANonceFilled() public view {
        uint256[64][3] memory filled;
        for (uint256 i = 0; i < handler.orderCount(); ++i) {
            ExchangeHandler.Kept memory kept = handler.orderAt(i);
            if (kept.order.maxFills != 1 || kept.fills == 0) continue;
            for (uint256 maker = 0; maker < 3; ++maker) {
                if (handler.account(maker) != kept.order.maker) continue;
                vm.assertEq(++filled[maker][kept.order.nonce], 1, "nonce filled twice");
            }
        }
    }

    function invariant_E17_everyFillHasItsTrade() public view {
        uint256 fills = 0;
        for (uint256 i = 0; i < handler.orderCount(); ++i) {
            fills += handler.orderAt(i).fills;
        }
        vm.assertEq(fills, handler.fillsOfOrders(), "fills");
        vm.assertLe(handler.trades(), fills, "a trade fills one order or two");
        vm.assertGe(2 * handler.trades(), fills, "a trade fills one order or two");
    }
}
