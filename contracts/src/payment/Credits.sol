// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {BoundedCall} from "./BoundedCall.sol";

/// @notice Money a contract holds for others until they take it. The native currency is `address(0)`.
/// @dev Each currency is accounted apart; the contract never holds less of a sound currency than the sum of its
/// credits.
abstract contract Credits is ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    mapping(address account => mapping(address currency => uint256 amount)) private _credits;

    /// @notice `account` received `amount` of `currency` out of its credit.
    event Withdrawn(address indexed account, address indexed currency, uint256 amount);

    error CreditsEmpty(address account, address currency);
    error CreditsPaymentRefused(address account, uint256 amount);

    /// @notice What `account` may withdraw of `currency`, in base units.
    function credits(address account, address currency) public view returns (uint256) {
        return _credits[account][currency];
    }

    /// @notice Pays the caller everything it is owed in `currency`.
    function withdraw(address currency) external returns (uint256 amount) {
        return withdrawFor(msg.sender, currency);
    }

    /// @notice Pays `account` everything it is owed in `currency`; anyone may ask, for accounts that cannot call.
    /// @dev Reverts when nothing is owed or the account refuses; the credit then stays.
    function withdrawFor(address account, address currency) public nonReentrant returns (uint256 amount) {
        amount = _credits[account][currency];
        if (amount == 0) revert CreditsEmpty(account, currency);
        _credits[account][currency] = 0;
        emit Withdrawn(account, currency, amount);
        if (currency != address(0)) {
            IERC20(currency).safeTransfer(account, amount);
        } else if (!BoundedCall.sendValue(account, amount, gasleft())) {
            revert CreditsPaymentRefused(account, amount);
        }
    }

    /// @dev The caller tells of it in an event of its own: every credit follows from the log.
    function _credit(address account, address currency, uint256 amount) internal {
        if (amount != 0) _credits[account][currency] += amount;
    }
}
