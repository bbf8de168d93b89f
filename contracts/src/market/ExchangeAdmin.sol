// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

/// @notice All that the owner of the exchange may do: pause new fills, announce and apply a fee under a fixed cap, name
/// the fee recipient, the operators and the allowed currencies.
/// @dev Nothing here touches an order, an approval, a token or a credit; cancelling and withdrawing work while paused.
abstract contract ExchangeAdmin is Ownable2Step, Pausable {
    /// @notice The highest protocol fee: 2.5 % of the price.
    uint16 public constant MAX_FEE_BPS = 250;

    /// @notice How long a fee is public before it can take effect.
    uint48 public constant FEE_DELAY = 2 days;

    uint16 private _feeBps;
    uint16 private _scheduledFeeBps;
    uint48 private _scheduledFeeReadyAt;
    address private _feeRecipient;
    mapping(address account => bool allowed) private _operators;
    mapping(address currency => bool allowed) private _currencies;

    /// @notice A fee was announced; it can be applied from `readyAt` on.
    event FeeScheduled(uint16 feeBps, uint48 readyAt);
    event FeeChanged(uint16 feeBps);
    event FeeRecipientChanged(address indexed recipient);
    event OperatorChanged(address indexed account, bool allowed);
    event CurrencyChanged(address indexed currency, bool allowed);

    error ExchangeFeeNotReady(uint48 readyAt);
    error ExchangeFeeNotScheduled();
    error ExchangeFeeTooHigh(uint16 feeBps, uint16 maximum);
    error ExchangeNotOperator(address caller);
    error ExchangeZeroFeeRecipient();

    constructor(address recipient, uint16 initialFeeBps, address operator, address[] memory currencies)
        Ownable(msg.sender)
    {
        _requireFee(initialFeeBps);
        _feeBps = initialFeeBps;
        emit FeeChanged(initialFeeBps);
        _setFeeRecipient(recipient);
        _setOperator(operator, true);
        for (uint256 i = 0; i < currencies.length; ++i) {
            _setCurrency(currencies[i], true);
        }
    }

    modifier onlyOperator() {
        if (!_operators[msg.sender]) revert ExchangeNotOperator(msg.sender);
        _;
    }

    /// @notice Stops new fills.
    function pause() external onlyOwner {
        _pause();
    }

    /// @notice Allows fills again.
    function unpause() external onlyOwner {
        _unpause();
    }

    /// @notice Announces a fee of at most `MAX_FEE_BPS`; replaces an earlier announcement.
    function scheduleFee(uint16 newFeeBps) external onlyOwner {
        _requireFee(newFeeBps);
        _scheduledFeeBps = newFeeBps;
        _scheduledFeeReadyAt = uint48(block.timestamp) + FEE_DELAY;
        emit FeeScheduled(newFeeBps, _scheduledFeeReadyAt);
    }

    /// @notice Puts the announced fee into effect once `FEE_DELAY` has passed.
    function applyFee() external onlyOwner {
        uint48 readyAt = _scheduledFeeReadyAt;
        if (readyAt == 0) revert ExchangeFeeNotScheduled();
        if (block.timestamp < readyAt) revert ExchangeFeeNotReady(readyAt);
        _feeBps = _scheduledFeeBps;
        _scheduledFeeReadyAt = 0;
        emit FeeChanged(_feeBps);
    }

    /// @notice Names who is credited with fees from now on; earlier credits stay where they are.
    function setFeeRecipient(address recipient) external onlyOwner {
        _setFeeRecipient(recipient);
    }

    /// @notice Gives or takes the right to settle matches.
    function setOperator(address account, bool allowed) external onlyOwner {
        _setOperator(account, allowed);
    }

    /// @notice Allows or forbids a currency in new fills. Only for tokens that neither rebase nor charge for transfers.
    function setCurrency(address currency, bool allowed) external onlyOwner {
        _setCurrency(currency, allowed);
    }

    /// @notice The protocol fee in basis points of the price.
    function feeBps() public view returns (uint16) {
        return _feeBps;
    }

    /// @notice The announced fee and when it can be applied; `readyAt` is 0 when none is announced.
    function scheduledFee() external view returns (uint16 newFeeBps, uint48 readyAt) {
        return (_scheduledFeeBps, _scheduledFeeReadyAt);
    }

    /// @notice Who is credited with fees.
    function feeRecipient() public view returns (address) {
        return _feeRecipient;
    }

    /// @notice True when `account` may settle matches.
    function isOperator(address account) external view returns (bool) {
        return _operators[account];
    }

    /// @notice True when orders in `currency` may fill; the zero address is the native currency.
    function isCurrencyAllowed(address currency) public view returns (bool) {
        return _currencies[currency];
    }

    function _setFeeRecipient(address recipient) private {
        if (recipient == address(0)) revert ExchangeZeroFeeRecipient();
        _feeRecipient = recipient;
        emit FeeRecipientChanged(recipient);
    }

    function _setOperator(address account, bool allowed) private {
        _operators[account] = allowed;
        emit OperatorChanged(account, allowed);
    }

    function _setCurrency(address currency, bool allowed) private {
        _currencies[currency] = allowed;
        emit CurrencyChanged(currency, allowed);
    }

    function _requireFee(uint16 newFeeBps) private pure {
        if (newFeeBps > MAX_FEE_BPS) revert ExchangeFeeTooHigh(newFeeBps, MAX_FEE_BPS);
    }
}
