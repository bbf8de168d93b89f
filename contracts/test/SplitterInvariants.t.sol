// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {RoyaltySplitter} from "../src/royalty/RoyaltySplitter.sol";
import {SplitterHandler} from "./SplitterHandler.sol";
import {InvariantTest} from "./base/InvariantTest.sol";

contract SplitterInvariants is InvariantTest {
    SplitterHandler private handler;
    RoyaltySplitter private splitter;

    function setUp() public {
        handler = new SplitterHandler();
        splitter = handler.splitter();
        target(address(handler));
    }

    function invariant_S1_claimedAndHeldAddUpToAllIncome() public view {
        for (uint256 i = 0; i < 2; ++i) {
            address currency = _currency(i);
            uint256 claimed = 0;
            for (uint256 position = 0; position < 5; ++position) {
                claimed += splitter.claimed(position, currency);
            }
            vm.assertEq(claimed, splitter.totalClaimed(currency), "total claimed");
            vm.assertEq(claimed + _held(currency), handler.income(currency), "conserved");
            vm.assertEq(splitter.totalReceived(currency), handler.income(currency), "total received");
        }
    }

    function invariant_S2_nobodyIsPaidMoreThanItsShare() public view {
        (, uint32[] memory shares) = splitter.positions();
        for (uint256 i = 0; i < 2; ++i) {
            for (uint256 position = 0; position < 5; ++position) {
                uint256 share = handler.income(_currency(i)) * shares[position] / 1_000_000;
                uint256 claimed = splitter.claimed(position, _currency(i));
                vm.assertLe(claimed, share, "claimed");
                vm.assertEq(claimed + splitter.claimable(position, _currency(i)), share, "claimed + claimable");
            }
        }
    }

    function invariant_S3_remainderIsUnderOneUnitForEachPosition() public view {
        for (uint256 i = 0; i < 2; ++i) {
            uint256 claimable = 0;
            for (uint256 position = 0; position < 5; ++position) {
                claimable += splitter.claimable(position, _currency(i));
            }
            vm.assertLe(claimable, _held(_currency(i)), "every claim is covered");
            vm.assertLe(_held(_currency(i)) - claimable, 4, "remainder");
        }
    }

    function invariant_S10_holdersReceivedExactlyWhatTheirPositionsPaid() public view {
        for (uint256 i = 0; i < 5; ++i) {
            _assertPaid(address(uint160(0xB000 + i)));
            if (i < 3) _assertPaid(address(uint160(0xC000 + i)));
        }
    }

    function _assertPaid(address holder) private view {
        vm.assertEq(holder.balance, handler.due(holder, address(0)), "native");
        address usd = address(handler.usd());
        vm.assertEq(handler.usd().balanceOf(holder), handler.due(holder, usd), "token");
    }

    function _currency(uint256 index) private view returns (address) {
        return index == 0 ? address(0) : address(handler.usd());
    }

    function _held(address currency) private view returns (uint256) {
        return currency == address(0) ? address(splitter).balance : handler.usd().balanceOf(address(splitter));
    }
}
