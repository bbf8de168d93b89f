// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {RoyaltySplitter} from "../src/royalty/RoyaltySplitter.sol";
import {HostileToken} from "./actors/HostileToken.sol";
import {ReentrantClaimer} from "./actors/ReentrantClaimer.sol";
import {RefusingReceiver} from "./actors/RefusingReceiver.sol";
import {TwentyThreeHundredSender} from "./actors/TwentyThreeHundredSender.sol";
import {SplitterFixture} from "./base/SplitterFixture.sol";

contract RoyaltySplitterTest is SplitterFixture {
    function test_claimPaysTheHolderWhoeverAsks() public {
        receiveNative(1_000_003);
        vm.expectEmit(address(splitter));
        emit RoyaltySplitter.Claimed(2, recipients[2], NATIVE, 333_335);
        vm.prank(address(0xBEEF));
        vm.assertEq(splitter.claim(2, NATIVE), 333_335, "amount");
        vm.assertEq(recipients[2].balance, 333_335, "holder");
        vm.assertEq(address(0xBEEF).balance, 0, "caller");
        vm.assertEq(splitter.claim(2, NATIVE), 0, "nothing twice");
        vm.assertEq(splitter.totalReceived(NATIVE), 1_000_003, "received");
        vm.assertEq(splitter.totalClaimed(NATIVE), 333_335, "claimed");
    }

    function testFuzz_S2_S4_claimableFollowsTheFormula(uint96[4] memory incomes, uint256 seed) public {
        uint256 total = 0;
        for (uint256 i = 0; i < incomes.length; ++i) {
            uint256 before = splitter.claimable(i % 3, NATIVE);
            vm.deal(address(splitter), address(splitter).balance + incomes[i]);
            total += incomes[i];
            vm.assertGe(splitter.claimable(i % 3, NATIVE), before, "S4: income never lowers a claim");
            uint256 position = uint256(keccak256(abi.encode(seed, i))) % 3;
            splitter.claim(position, NATIVE);
            vm.assertEq(splitter.claimed(position, NATIVE), total * shares[position] / 1_000_000, "S2: formula");
            vm.assertEq(splitter.claimable(position, NATIVE), 0, "claimed out");
        }
    }

    function testFuzz_S3_remainderIsUnderOneUnitForEachRecipient(uint256 seed, uint256 count, uint96[3] memory incomes)
        public
    {
        (address[] memory who, uint32[] memory parts) = anySplit(bound(count, 1, 32), seed);
        splitter = RoyaltySplitter(factory.createSplitter(who, parts, SALT));
        for (uint256 round = 0; round < 3; ++round) {
            usd.mint(address(splitter), incomes[round]);
            vm.deal(address(splitter), address(splitter).balance + incomes[round]);
            for (uint256 i = 0; i < who.length; ++i) {
                splitter.claim(i, address(usd));
                splitter.claim(i, NATIVE);
            }
            vm.assertLe(usd.balanceOf(address(splitter)), who.length - 1, "token remainder");
            vm.assertLe(address(splitter).balance, who.length - 1, "native remainder, forced payments included");
        }
    }

    function testFuzz_S5_orderAndFrequencyOfClaimsDoNotMatter(uint96[4] memory incomes, uint256 seed) public {
        uint256 id = vm.snapshotState();
        for (uint256 i = 0; i < incomes.length; ++i) {
            usd.mint(address(splitter), incomes[i]);
            for (uint256 j = 0; j < 3; ++j) {
                uint256 number = uint256(keccak256(abi.encode(seed, i, j)));
                if (number % 2 == 0) splitter.claim((number >> 8) % 3, address(usd));
            }
        }
        _claimAll();
        bytes32 often = _paid();
        vm.revertToState(id);
        for (uint256 i = 0; i < incomes.length; ++i) {
            usd.mint(address(splitter), incomes[i]);
        }
        _claimAll();
        vm.assertEq(_paid(), often, "totals");
    }

    function test_S6_refusingHolderConcernsNobodyElse() public {
        vm.etch(recipients[0], address(new RefusingReceiver()).code);
        receiveNative(900_000);
        vm.expectRevert(abi.encodeWithSelector(RoyaltySplitter.SplitterPaymentRefused.selector, recipients[0], 299_999));
        splitter.claim(0, NATIVE);
        vm.assertEq(splitter.claim(1, NATIVE), 299_999, "neighbour");
        vm.assertEq(splitter.claimable(0, NATIVE), 299_999, "kept");
        RefusingReceiver(payable(recipients[0])).open();
        vm.assertEq(splitter.claim(0, NATIVE), 299_999, "later");
    }

    function test_S6_blacklistedHolderConcernsNobodyElse() public {
        HostileToken token = new HostileToken();
        token.mint(address(splitter), 900_000);
        token.blacklist(recipients[0]);
        vm.expectRevert(abi.encodeWithSelector(HostileToken.Blacklisted.selector, recipients[0]));
        splitter.claim(0, address(token));
        vm.assertEq(splitter.claim(1, address(token)), 299_999, "neighbour");
        vm.assertEq(splitter.claimable(0, address(token)), 299_999, "kept");
    }

    function test_S7_unsoundTokenSpoilsOnlyItself() public {
        HostileToken token = new HostileToken();
        token.mint(address(splitter), 900_000);
        usd.mint(address(splitter), 900_000);
        receiveNative(900_000);
        splitter.claim(0, address(token));
        token.burnFrom(address(splitter), 600_001);
        vm.assertEq(splitter.claimable(0, address(token)), 0, "taken back: nothing left to claim");
        vm.assertEq(splitter.claimable(1, address(usd)), 299_999, "other token");
        vm.assertEq(splitter.claimable(1, NATIVE), 299_999, "native");
        vm.assertEq(splitter.claim(1, address(usd)), 299_999, "paid");
    }

    function test_S8_acceptsPaymentsWith2300Gas() public {
        TwentyThreeHundredSender sender = new TwentyThreeHundredSender();
        vm.deal(address(this), 900);
        sender.send{value: 900}(payable(address(splitter)));
        vm.assertEq(splitter.totalReceived(NATIVE), 900, "received");
    }

    function test_S10_positionMovesWithWhatItHasNotClaimed() public {
        receiveNative(900);
        splitter.claim(0, NATIVE);
        receiveNative(900);
        vm.expectEmit(address(splitter));
        emit RoyaltySplitter.PositionOffered(0, recipients[0], address(0xD00D));
        vm.prank(recipients[0]);
        splitter.offerPosition(0, address(0xD00D));
        vm.assertEq(splitter.candidateOf(0), address(0xD00D), "candidate");
        vm.assertEq(splitter.holderOf(0), recipients[0], "still the holder's");
        vm.expectEmit(address(splitter));
        emit RoyaltySplitter.PositionMoved(0, recipients[0], address(0xD00D));
        vm.prank(address(0xD00D));
        splitter.acceptPosition(0);
        vm.assertEq(splitter.holderOf(0), address(0xD00D), "moved");
        vm.assertEq(splitter.candidateOf(0), address(0), "offer is used up");
        vm.assertEq(splitter.claim(0, NATIVE), 300, "unclaimed moved");
        vm.assertEq(address(0xD00D).balance, 300, "new holder");
        vm.assertEq(recipients[0].balance, 299, "old holder");
        (address[] memory holders,) = splitter.positions();
        vm.assertEq(holders[0], address(0xD00D), "positions");
        vm.assertEq(holders[1], recipients[1], "exactly one position moved");
    }

    function testFuzz_S10_onlyTheHolderOffersAndOnlyTheCandidateAccepts(address stranger) public {
        vm.assume(stranger != recipients[0] && stranger != address(0xD00D) && stranger != address(0));
        vm.expectRevert(abi.encodeWithSelector(RoyaltySplitter.SplitterNotHolder.selector, 0, stranger));
        vm.prank(stranger);
        splitter.offerPosition(0, stranger);
        vm.prank(recipients[0]);
        splitter.offerPosition(0, address(0xD00D));
        bytes memory notCandidate = abi.encodeWithSelector(RoyaltySplitter.SplitterNotCandidate.selector, 0, stranger);
        vm.expectRevert(notCandidate);
        vm.prank(stranger);
        splitter.acceptPosition(0);
    }

    function test_S10_offerCanBeTakenBackAndFormerHolderHasNoSay() public {
        vm.startPrank(recipients[0]);
        splitter.offerPosition(0, address(0xD00D));
        splitter.offerPosition(0, address(0));
        vm.stopPrank();
        bytes memory notCandidate =
            abi.encodeWithSelector(RoyaltySplitter.SplitterNotCandidate.selector, 0, address(0xD00D));
        vm.expectRevert(notCandidate);
        vm.prank(address(0xD00D));
        splitter.acceptPosition(0);
        vm.prank(recipients[0]);
        splitter.offerPosition(0, address(0xD00D));
        vm.prank(address(0xD00D));
        splitter.acceptPosition(0);
        vm.expectRevert(abi.encodeWithSelector(RoyaltySplitter.SplitterNotHolder.selector, 0, recipients[0]));
        vm.prank(recipients[0]);
        splitter.offerPosition(0, recipients[0]);
    }

    function test_S10_splitterCannotHoldItsOwnPosition() public {
        vm.expectRevert(abi.encodeWithSelector(RoyaltySplitter.SplitterSelfHolder.selector, 0));
        vm.prank(recipients[0]);
        splitter.offerPosition(0, address(splitter));
    }

    function test_S12_reentrantClaimIsPaidOnce() public {
        vm.etch(recipients[0], address(new ReentrantClaimer()).code);
        receiveNative(900);
        vm.assertEq(splitter.claim(0, NATIVE), 299, "amount");
        ReentrantClaimer claimer = ReentrantClaimer(payable(recipients[0]));
        vm.assertEq(claimer.payments(), 1, "payments");
        vm.assertFalse(claimer.reentered(), "second claim");
        vm.assertFalse(claimer.looked(), "half-written books are not shown");
        vm.assertEq(recipients[0].balance, 299, "balance");
    }

    function test_S12_tokenThatCallsBackBeforeMovingIsPaidOnce() public {
        HostileToken token = new HostileToken();
        token.mint(address(splitter), 900);
        token.setCallback(address(splitter), abi.encodeCall(RoyaltySplitter.claim, (1, address(token))));
        vm.assertEq(splitter.claim(0, address(token)), 299, "amount");
        vm.assertFalse(token.callbackSucceeded(), "reentered");
        vm.assertEq(token.balanceOf(address(splitter)), 601, "rest");
    }

    function testFuzz_S13_nobodyButTheHolderMovesAPosition(address caller, uint256 position, address currency) public {
        vm.assume(caller != recipients[0] && caller != recipients[1] && caller != recipients[2]);
        receiveNative(900);
        bytes[3] memory calls = [
            abi.encodeCall(RoyaltySplitter.claim, (position % 4, currency)),
            abi.encodeCall(RoyaltySplitter.offerPosition, (position % 4, caller)),
            abi.encodeCall(RoyaltySplitter.acceptPosition, (position % 4))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.prank(caller);
            (bool success,) = address(splitter).call(calls[i]);
            vm.assertTrue(!success || i == 0, "only claiming is open to all");
        }
        for (uint256 i = 0; i < 3; ++i) {
            vm.assertEq(splitter.holderOf(i), recipients[i], "holder");
            vm.assertEq(recipients[i].balance, splitter.claimed(i, NATIVE), "paid to the holder");
        }
        vm.assertEq(address(splitter).balance + splitter.totalClaimed(NATIVE), 900, "money");
    }

    function test_refusesPositionsItDoesNotHave() public {
        bytes memory unknown = abi.encodeWithSelector(RoyaltySplitter.SplitterUnknownPosition.selector, 3);
        vm.expectRevert(unknown);
        splitter.claim(3, NATIVE);
        vm.expectRevert(unknown);
        splitter.claimable(3, NATIVE);
        vm.expectRevert(unknown);
        splitter.holderOf(3);
        vm.expectRevert(unknown);
        splitter.offerPosition(3, address(this));
    }

    function test_cloneForwardsAnswersAndReasonsUnchanged() public {
        (bool success, bytes memory answer) = address(splitter).call(abi.encodeCall(RoyaltySplitter.holderOf, (1)));
        vm.assertTrue(success, "success");
        vm.assertEq(answer, abi.encode(recipients[1]), "answer");
        (success, answer) = address(splitter).call(hex"deadbeef");
        vm.assertFalse(success, "unknown function");
        vm.assertEq(answer.length, 0, "reason");
        (success, answer) = address(splitter).call(abi.encodeCall(RoyaltySplitter.offerPosition, (0, address(1))));
        vm.assertEq(
            answer,
            abi.encodeWithSelector(RoyaltySplitter.SplitterNotHolder.selector, 0, address(this)),
            "reason with values"
        );
    }

    function _claimAll() private {
        for (uint256 i = 0; i < 3; ++i) {
            splitter.claim(i, address(usd));
        }
    }

    function _paid() private view returns (bytes32) {
        return keccak256(
            abi.encode(
                usd.balanceOf(recipients[0]),
                usd.balanceOf(recipients[1]),
                usd.balanceOf(recipients[2]),
                usd.balanceOf(address(splitter))
            )
        );
    }
}
