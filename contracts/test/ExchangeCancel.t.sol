// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Exchange} from "../src/market/Exchange.sol";
import {Order} from "../src/market/Order.sol";
import {ForeignCollection} from "./actors/ForeignCollection.sol";
import {ExchangeFixture} from "./base/ExchangeFixture.sol";

contract ExchangeCancelTest is ExchangeFixture {
    function testFuzz_E2_cancelledNonceNeverFills(uint256 nonce) public {
        Order memory ask = anAsk();
        ask.nonce = nonce;
        vm.expectEmit(address(exchange));
        emit Exchange.NoncesCancelled(seller, nonce >> 8, 1 << (nonce & 0xff));
        vm.prank(seller);
        exchange.cancelNonces(nonce >> 8, 1 << (nonce & 0xff));
        expectBuyRevert(ask, abi.encodeWithSelector(Exchange.ExchangeNonceUsed.selector, seller, nonce));
        ask.maxFills = 2;
        expectBuyRevert(ask, abi.encodeWithSelector(Exchange.ExchangeNonceUsed.selector, seller, nonce));
    }

    function test_E2_maskCancelsExactlyItsNonces() public {
        vm.prank(seller);
        exchange.cancelNonces(3, 5);
        vm.assertTrue(exchange.nonceUsed(seller, 768), "bit 0");
        vm.assertFalse(exchange.nonceUsed(seller, 769), "bit 1");
        vm.assertTrue(exchange.nonceUsed(seller, 770), "bit 2");
        vm.assertFalse(exchange.nonceUsed(buyer, 768), "another maker");
        vm.assertFalse(exchange.nonceUsed(seller, 0), "another word");
    }

    function test_E2_movedCounterCancelsEverythingBefore() public {
        Order memory ask = anAsk();
        vm.recordLogs();
        vm.prank(seller);
        exchange.cancelAll();
        uint256 counter = exchange.counterOf(seller);
        vm.assertEq(vm.getRecordedLogs()[0].data, abi.encode(counter), "event");
        expectBuyRevert(ask, abi.encodeWithSelector(Exchange.ExchangeCounterMoved.selector, seller, counter, 0));
        buy(anAsk());
    }

    function test_E2_preparedOrdersOfTheNextCountersDieWithTheJump() public {
        vm.prank(seller);
        exchange.cancelAll();
        uint256 first = exchange.counterOf(seller);
        vm.roll(1_001);
        vm.prank(seller);
        exchange.cancelAll();
        uint256 second = exchange.counterOf(seller);
        vm.assertGt(first, 1 << 64, "first jump");
        vm.assertGt(second - first, 1 << 64, "second jump");
    }

    function test_E2_listingDiesForGoodWhenTheTokenMoves() public {
        Order memory ask = anAsk();
        ask.tokenEpoch = token.transferCount(work);
        vm.prank(seller);
        token.transferFrom(seller, address(0xA11CE), work);
        vm.prank(address(0xA11CE));
        token.transferFrom(address(0xA11CE), seller, work);
        expectBuyRevert(ask, abi.encodeWithSelector(Exchange.ExchangeTokenMoved.selector, work, 1, 3));
        ask.tokenEpoch = 3;
        buy(ask);
    }

    function test_E2_epochNeedsTheStrictCollection() public {
        ForeignCollection foreign = new ForeignCollection();
        Order memory ask = anAsk();
        (ask.collection, ask.tokenEpoch) = (address(foreign), 1);
        expectBuyRevert(ask, abi.encodeWithSelector(Exchange.ExchangeEpochUnsupported.selector, address(foreign)));
    }

    function testFuzz_E1_orderFillsAtMostItsMaximum(uint8 maximum) public {
        Order memory bid = aBid();
        bid.maxFills = uint32(bound(maximum, 2, 6));
        bytes32 bidHash = exchange.hashOrder(bid);
        for (uint256 i = 0; i < bid.maxFills; ++i) {
            vm.assertEq(exchange.filled(bidHash), i, "filled");
            sell(bid, mintWork(seller, abi.encode(i)), noProof);
        }
        bytes memory reason = abi.encodeWithSelector(Exchange.ExchangeFullyFilled.selector, bidHash, bid.maxFills);
        expectSellRevert(bid, work, noProof, reason);
        vm.assertEq(exchange.filled(bidHash), bid.maxFills, "filled");
        vm.assertFalse(exchange.nonceUsed(buyer, bid.nonce), "the nonce stays for cancelling");
    }

    function test_E15_oneOrderOfEachNonceFills() public {
        uint256 second = mintWork(seller, "second");
        Order memory ask = anAsk();
        buy(ask);
        Order memory other = anAsk();
        (other.criteria, other.salt) = (bytes32(second), 2);
        bytes memory sig = signed(SELLER_KEY, other);
        vm.expectRevert(abi.encodeWithSelector(Exchange.ExchangeNonceUsed.selector, seller, ask.nonce));
        vm.prank(buyer);
        exchange.fillAsk(other, sig, second, noProof);
    }

    function test_E15_sameOrderNeverFillsTwice() public {
        Order memory ask = anAsk();
        buy(ask);
        vm.prank(buyer);
        token.transferFrom(buyer, seller, work);
        expectBuyRevert(ask, abi.encodeWithSelector(Exchange.ExchangeNonceUsed.selector, seller, ask.nonce));
    }
}
