// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../src/local/TestUSD.sol";
import {WorkToken} from "../src/token/WorkToken.sol";
import {WorkTokenHandler} from "./WorkTokenHandler.sol";
import {InvariantTest} from "./base/InvariantTest.sol";

contract WorkTokenInvariants is InvariantTest {
    WorkTokenHandler private handler;
    WorkToken private token;
    TestUSD private usd;

    function setUp() public {
        handler = new WorkTokenHandler();
        (token, usd) = (handler.token(), handler.usd());
        target(address(handler));
    }

    function invariant_M1_eachIdIsMintedAtMostOnce() public view {
        uint256[] memory ids = handler.ids();
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.assertEq(handler.mints(ids[i]), 1, "minted again");
        }
    }

    function invariant_M6_royaltyNeverRises() public view {
        uint256[] memory ids = handler.ids();
        for (uint256 i = 0; i < ids.length; ++i) {
            (, uint256 royalty) = token.royaltyInfo(ids[i], 10_000);
            vm.assertEq(royalty, handler.lowestRoyaltyBps(ids[i]), "royalty");
        }
    }

    function invariant_M7_proceedsAreCreditedAndHeld() public view {
        _assertConserved(address(0), address(token).balance);
        _assertConserved(address(usd), usd.balanceOf(address(token)));
    }

    function invariant_M8_balancesAddUpToTheTokensThatExist() public view {
        uint256 sum = 0;
        for (uint256 i = 0; i < 3; ++i) {
            sum += token.balanceOf(handler.account(i));
        }
        vm.assertEq(sum, handler.existing(), "balances");
        uint256[] memory ids = handler.ids();
        uint256 existing = 0;
        for (uint256 i = 0; i < ids.length; ++i) {
            address owner = handler.owner(ids[i]);
            if (owner == address(0)) continue;
            vm.assertEq(token.ownerOf(ids[i]), owner, "owner");
            ++existing;
        }
        vm.assertEq(existing, handler.existing(), "existing");
    }

    function invariant_M9_transferCountCountsOwnerChanges() public view {
        uint256[] memory ids = handler.ids();
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.assertEq(token.transferCount(ids[i]), handler.ownerChanges(ids[i]), "count");
        }
    }

    function _assertConserved(address currency, uint256 held) private view {
        uint256 owed = 0;
        for (uint256 i = 0; i < 3; ++i) {
            owed += token.credits(handler.account(i), currency);
        }
        vm.assertEq(held, owed, "held = owed");
        vm.assertEq(owed + handler.paidOut(currency), handler.received(currency), "received = owed + paid out");
    }
}
