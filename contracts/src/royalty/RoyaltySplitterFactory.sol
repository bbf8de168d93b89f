// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {RoyaltySplitter} from "./RoyaltySplitter.sol";
import {SplitterClone} from "./SplitterClone.sol";

/// @notice Deploys splitters at addresses that follow from their recipients, shares and a salt, so that a voucher can
/// name one as royalty receiver before it exists.
contract RoyaltySplitterFactory {
    /// @notice The most recipients a splitter may have.
    uint256 public constant MAX_RECIPIENTS = 32;

    /// @notice What the shares of a splitter add up to, in parts per million.
    uint256 public constant SHARE_UNIT = 1_000_000;

    address private immutable _implementation;

    /// @notice A splitter was deployed.
    event SplitterCreated(address indexed splitter, bytes32 indexed salt, address[] recipients, uint32[] shares);

    error SplitterFactoryDuplicateRecipient(address recipient);
    error SplitterFactoryLengths(uint256 recipients, uint256 shares);
    error SplitterFactoryRecipientCount(uint256 recipients, uint256 maximum);
    error SplitterFactoryShareSum(uint256 sum, uint256 expected);
    error SplitterFactoryZeroRecipient(uint256 position);
    error SplitterFactoryZeroShare(uint256 position);

    constructor() {
        _implementation = address(new RoyaltySplitter());
    }

    /// @notice Deploys the splitter, or returns the one already there: deploying it first gains nobody anything.
    /// @dev Requires 1 to 32 unique, non-zero recipients with non-zero shares adding up to exactly one million.
    function createSplitter(address[] calldata recipients, uint32[] calldata shares, bytes32 salt)
        external
        returns (address splitter)
    {
        splitter = predictSplitter(recipients, shares, salt);
        if (splitter.code.length != 0) return splitter;
        Create2.deploy(0, salt, SplitterClone.creationCode(_implementation, recipients, shares));
        emit SplitterCreated(splitter, salt, recipients, shares);
    }

    /// @notice Where `createSplitter` puts the splitter. Has the same requirements, so an address that is told can be
    /// deployed.
    function predictSplitter(address[] calldata recipients, uint32[] calldata shares, bytes32 salt)
        public
        view
        returns (address)
    {
        _requireSound(recipients, shares);
        return Create2.computeAddress(salt, keccak256(SplitterClone.creationCode(_implementation, recipients, shares)));
    }

    /// @notice The code that every splitter runs.
    function splitterImplementation() external view returns (address) {
        return _implementation;
    }

    function _requireSound(address[] calldata recipients, uint32[] calldata shares) private pure {
        if (recipients.length == 0 || recipients.length > MAX_RECIPIENTS) {
            revert SplitterFactoryRecipientCount(recipients.length, MAX_RECIPIENTS);
        }
        if (recipients.length != shares.length) revert SplitterFactoryLengths(recipients.length, shares.length);
        uint256 sum = 0;
        for (uint256 i = 0; i < recipients.length; ++i) {
            if (recipients[i] == address(0)) revert SplitterFactoryZeroRecipient(i);
            if (shares[i] == 0) revert SplitterFactoryZeroShare(i);
            for (uint256 j = 0; j < i; ++j) {
                if (recipients[j] == recipients[i]) revert SplitterFactoryDuplicateRecipient(recipients[i]);
            }
            sum += shares[i];
        }
        if (sum != SHARE_UNIT) revert SplitterFactoryShareSum(sum, SHARE_UNIT);
    }
}
