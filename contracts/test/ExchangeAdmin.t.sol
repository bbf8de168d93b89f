// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {Exchange} from "../src/market/Exchange.sol";
import {ExchangeAdmin} from "../src/market/ExchangeAdmin.sol";
import {Order} from "../src/market/Order.sol";
import {ExchangeFixture} from "./base/ExchangeFixture.sol";

contract ExchangeAdminTest is ExchangeFixture {
    function test_startsAsItWasConstructed() public view {
        vm.assertEq(exchange.strictCollection(), address(token), "collection");
        vm.assertEq(exchange.feeRecipient(), FEES, "recipient");
        vm.assertEq(exchange.feeBps(), FEE_BPS, "fee");
        vm.assertEq(exchange.owner(), address(this), "owner");
        vm.assertTrue(exchange.isOperator(OPERATOR), "operator");
        vm.assertTrue(exchange.isCurrencyAllowed(address(0)), "native");
        vm.assertTrue(exchange.isCurrencyAllowed(address(usd)), "usd");
        vm.assertFalse(exchange.isCurrencyAllowed(address(token)), "other");
        vm.assertFalse(exchange.paused(), "paused");
    }

    function test_feeTakesEffectTwoDaysAfterItsAnnouncement() public {
        vm.expectRevert(ExchangeAdmin.ExchangeFeeNotScheduled.selector);
        exchange.applyFee();
        uint48 readyAt = uint48(NOW + 2 days);
        vm.expectEmit(address(exchange));
        emit ExchangeAdmin.FeeScheduled(250, readyAt);
        exchange.scheduleFee(250);
        (uint16 scheduled, uint48 ready) = exchange.scheduledFee();
        vm.assertEq(scheduled, 250, "scheduled");
        vm.assertEq(ready, readyAt, "ready");
        vm.warp(readyAt - 1);
        vm.expectRevert(abi.encodeWithSelector(ExchangeAdmin.ExchangeFeeNotReady.selector, readyAt));
        exchange.applyFee();
        vm.assertEq(exchange.feeBps(), FEE_BPS, "unchanged");
        vm.warp(readyAt);
        exchange.applyFee();
        vm.assertEq(exchange.feeBps(), 250, "changed");
        vm.expectRevert(ExchangeAdmin.ExchangeFeeNotScheduled.selector);
        exchange.applyFee();
    }

    function test_newAnnouncementStartsTheWaitAgain() public {
        exchange.scheduleFee(250);
        vm.warp(NOW + 1 days);
        exchange.scheduleFee(200);
        vm.warp(NOW + 2 days);
        vm.expectRevert(abi.encodeWithSelector(ExchangeAdmin.ExchangeFeeNotReady.selector, uint48(NOW + 3 days)));
        exchange.applyFee();
    }

    function testFuzz_E5_feeIsNeverAboveTheHardCap(uint16 bps) public {
        bps = uint16(bound(bps, 251, type(uint16).max));
        bytes memory tooHigh = abi.encodeWithSelector(ExchangeAdmin.ExchangeFeeTooHigh.selector, bps, 250);
        vm.expectRevert(tooHigh);
        exchange.scheduleFee(bps);
    }

    function test_constructionRefusesAFeeAboveTheCapAndNoRecipient() public {
        address[] memory none = new address[](0);
        bytes memory code = vm.getCode(artifact("Exchange"));
        vm.assertFalse(_creates(code, abi.encode(token, FEES, 251, OPERATOR, none)), "fee");
        vm.assertFalse(_creates(code, abi.encode(token, address(0), 250, OPERATOR, none)), "recipient");
        vm.assertTrue(_creates(code, abi.encode(token, FEES, 250, OPERATOR, none)), "sound");
    }

    function test_feeRecipientChangesForLaterFeesOnly() public {
        Order memory ask = anAsk();
        buy(ask);
        exchange.setFeeRecipient(address(0xFEE6));
        vm.assertEq(exchange.credits(FEES, address(usd)), PRICE / 100, "earlier credit stays");
        vm.expectRevert(ExchangeAdmin.ExchangeZeroFeeRecipient.selector);
        exchange.setFeeRecipient(address(0));
        exchange.withdrawFor(FEES, address(usd));
        vm.assertEq(usd.balanceOf(FEES), PRICE / 100, "paid");
    }

    function test_operatorsComeAndGo() public {
        vm.expectEmit(address(exchange));
        emit ExchangeAdmin.OperatorChanged(OPERATOR, false);
        exchange.setOperator(OPERATOR, false);
        vm.assertFalse(exchange.isOperator(OPERATOR), "gone");
    }

    function test_forbiddenCurrencyStopsNewFills() public {
        vm.expectEmit(address(exchange));
        emit ExchangeAdmin.CurrencyChanged(address(usd), false);
        exchange.setCurrency(address(usd), false);
        bytes memory reason = abi.encodeWithSelector(Exchange.ExchangeCurrencyNotAllowed.selector, address(usd));
        expectBuyRevert(anAsk(), reason);
    }

    function testFuzz_onlyTheOwnerAdministers(address caller) public {
        vm.assume(caller != address(this));
        bytes[7] memory calls = [
            abi.encodeCall(ExchangeAdmin.pause, ()),
            abi.encodeCall(ExchangeAdmin.unpause, ()),
            abi.encodeCall(ExchangeAdmin.scheduleFee, (0)),
            abi.encodeCall(ExchangeAdmin.applyFee, ()),
            abi.encodeCall(ExchangeAdmin.setFeeRecipient, (caller)),
            abi.encodeCall(ExchangeAdmin.setOperator, (caller, true)),
            abi.encodeCall(ExchangeAdmin.setCurrency, (caller, true))
        ];
        bytes memory refused = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, caller);
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.prank(caller);
            (bool success, bytes memory reason) = address(exchange).call(calls[i]);
            vm.assertFalse(success, "allowed");
            vm.assertEq(reason, refused, "reason");
        }
    }

    function test_ownershipMovesOnlyWhenItIsAccepted() public {
        exchange.transferOwnership(buyer);
        vm.assertEq(exchange.owner(), address(this), "offered");
        vm.prank(buyer);
        exchange.acceptOwnership();
        vm.assertEq(exchange.owner(), buyer, "accepted");
    }

    function test_E13_ownerAndOperatorCannotTouchWhatUsersApproved() public {
        exchange.setOperator(address(this), true);
        exchange.setCurrency(address(token), true);
        Order memory ask = anAsk();
        bytes memory forged = signed(BUYER_KEY, ask);
        bytes32 hash = exchange.hashOrder(ask);
        vm.expectRevert(abi.encodeWithSelector(Exchange.ExchangeBadSignature.selector, seller, hash));
        exchange.fillAsk(ask, forged, work, noProof);
        vm.assertEq(token.ownerOf(work), seller, "token");
        vm.assertEq(usd.balanceOf(buyer), 1_000 * PRICE, "money");
    }

    function test_E14_pauseStopsFillsButNeverCancelOrWithdraw() public {
        buy(anAsk());
        exchange.pause();
        Order memory ask = anAsk();
        expectBuyRevert(ask, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        expectSellRevert(aBid(), work, noProof, abi.encodeWithSelector(Pausable.EnforcedPause.selector));
        vm.startPrank(seller);
        exchange.cancelNonces(0, 1);
        exchange.cancelAll();
        vm.stopPrank();
        vm.prank(FEES);
        vm.assertEq(exchange.withdraw(address(usd)), PRICE / 100, "withdrawn");
        exchange.unpause();
        ask = aBid();
        vm.prank(buyer);
        token.transferFrom(buyer, seller, work);
        sell(ask, work, noProof);
    }

    function _creates(bytes memory code, bytes memory arguments) private returns (bool) {
        bytes memory all = bytes.concat(code, arguments);
        address created;
        assembly {
            created := create(0, add(all, 0x20), mload(all))
        }
        return created != address(0);
    }
}
