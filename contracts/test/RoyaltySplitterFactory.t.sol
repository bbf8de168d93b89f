// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {RoyaltySplitter} from "../src/royalty/RoyaltySplitter.sol";
import {RoyaltySplitterFactory} from "../src/royalty/RoyaltySplitterFactory.sol";
import {SplitterFixture} from "./base/SplitterFixture.sol";

contract RoyaltySplitterFactoryTest is SplitterFixture {
    function testFuzz_S11_deploysWhereItPredicted(uint256 seed, uint256 count, bytes32 salt) public {
        (address[] memory who, uint32[] memory parts) = anySplit(bound(count, 1, 32), seed);
        address predicted = factory.predictSplitter(who, parts, salt);
        vm.assertEq(predicted.code.length, 0, "not there yet");
        vm.expectEmit(address(factory));
        emit RoyaltySplitterFactory.SplitterCreated(predicted, salt, who, parts);
        vm.assertEq(factory.createSplitter(who, parts, salt), predicted, "address");
        (address[] memory holders, uint32[] memory held) = RoyaltySplitter(predicted).positions();
        vm.assertEq(abi.encode(holders, held), abi.encode(who, parts), "S9: positions as signed");
    }

    function testFuzz_S9_sharesAlwaysAddUpToTheWhole(uint256 seed, uint256 count) public {
        (address[] memory who, uint32[] memory parts) = anySplit(bound(count, 1, 32), seed);
        (, uint32[] memory held) = RoyaltySplitter(factory.createSplitter(who, parts, SALT)).positions();
        uint256 sum = 0;
        for (uint256 i = 0; i < held.length; ++i) {
            sum += held[i];
        }
        vm.assertEq(sum, 1_000_000, "sum");
    }

    function test_S11_secondDeploymentReturnsTheFirstUnchanged() public {
        receiveNative(900);
        splitter.claim(0, NATIVE);
        vm.recordLogs();
        address again = factory.createSplitter(recipients, shares, SALT);
        vm.assertEq(again, address(splitter), "address");
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
        vm.assertEq(splitter.claimed(0, NATIVE), 299, "state");
        vm.assertFalse(factory.createSplitter(recipients, shares, keccak256("other")) == again, "other salt");
    }

    function test_S11_moneySentBeforeDeploymentIsShared() public {
        bytes32 salt = keccak256("later");
        address predicted = factory.predictSplitter(recipients, shares, salt);
        vm.deal(predicted, 1_000_000);
        usd.mint(predicted, 1_000_000);
        splitter = RoyaltySplitter(factory.createSplitter(recipients, shares, salt));
        vm.assertEq(splitter.claim(2, NATIVE), 333_334, "native");
        vm.assertEq(splitter.claim(2, address(usd)), 333_334, "token");
    }

    function test_refusesUnsoundSplits() public {
        shares[2] -= 1;
        _expectRefusal(
            abi.encodeWithSelector(RoyaltySplitterFactory.SplitterFactoryShareSum.selector, 999_999, 1_000_000)
        );
        shares[2] += 1;
        recipients[2] = recipients[0];
        _expectRefusal(
            abi.encodeWithSelector(RoyaltySplitterFactory.SplitterFactoryDuplicateRecipient.selector, recipients[0])
        );
        recipients[2] = address(0);
        _expectRefusal(abi.encodeWithSelector(RoyaltySplitterFactory.SplitterFactoryZeroRecipient.selector, 2));
        recipients[2] = address(0xAAA3);
        shares[1] = 0;
        _expectRefusal(abi.encodeWithSelector(RoyaltySplitterFactory.SplitterFactoryZeroShare.selector, 1));
        recipients.pop();
        _expectRefusal(abi.encodeWithSelector(RoyaltySplitterFactory.SplitterFactoryLengths.selector, 2, 3));
        delete recipients;
        _expectRefusal(abi.encodeWithSelector(RoyaltySplitterFactory.SplitterFactoryRecipientCount.selector, 0, 32));
        (recipients, shares) = anySplit(33, 1);
        _expectRefusal(abi.encodeWithSelector(RoyaltySplitterFactory.SplitterFactoryRecipientCount.selector, 33, 32));
    }

    function test_implementationItselfIsNotASplitter() public {
        RoyaltySplitter implementation = RoyaltySplitter(factory.splitterImplementation());
        bytes4 notClone = RoyaltySplitter.SplitterNotClone.selector;
        vm.expectRevert(notClone);
        implementation.claim(0, NATIVE);
        vm.expectRevert(notClone);
        implementation.positions();
        vm.expectRevert(notClone);
        implementation.offerPosition(0, address(this));
        vm.expectRevert(notClone);
        implementation.acceptPosition(0);
        vm.expectRevert(notClone);
        implementation.claimable(0, NATIVE);
    }

    function _expectRefusal(bytes memory reason) private {
        vm.expectRevert(reason);
        factory.createSplitter(recipients, shares, SALT);
        vm.expectRevert(reason);
        factory.predictSplitter(recipients, shares, SALT);
    }
}
