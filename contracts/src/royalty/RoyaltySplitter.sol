// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {BoundedCall} from "../payment/BoundedCall.sol";
import {SplitterClone} from "./SplitterClone.sol";

/// @notice Shares income among fixed positions, to the last unit: a position has earned the floor of all income ever
/// received times its share, whatever was claimed before, by whom and how often. Income needs no call: sending money
/// here is enough.
/// @dev Runs behind clones made by RoyaltySplitterFactory; a clone's code holds recipients and shares, which never
/// change. Only who holds a position may change, by offer and acceptance. Each currency is accounted apart, so an
/// unsound token (one that rebases or charges for transfers; these are not supported) can spoil only itself. No role,
/// no owner, no other call out.
contract RoyaltySplitter is ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice Shares are parts of this: one million.
    uint256 public constant SHARE_UNIT = 1_000_000;

    address private immutable _implementation;

    mapping(address currency => uint256 amount) private _totalClaimed;
    mapping(uint256 position => mapping(address currency => uint256 amount)) private _claimed;
    mapping(uint256 position => address holder) private _movedTo;
    mapping(uint256 position => address candidate) private _offeredTo;

    /// @notice `holder` of `position` was paid.
    event Claimed(uint256 indexed position, address indexed holder, address indexed currency, uint256 amount);

    /// @notice The holder offered the position; the zero address takes an offer back.
    event PositionOffered(uint256 indexed position, address indexed from, address indexed to);

    /// @notice The position, with everything it has not claimed, went to another holder.
    event PositionMoved(uint256 indexed position, address indexed from, address indexed to);

    error SplitterNotCandidate(uint256 position, address caller);
    error SplitterNotClone();
    error SplitterNotHolder(uint256 position, address caller);
    error SplitterPaymentRefused(address holder, uint256 amount);
    error SplitterSelfHolder(uint256 position);
    error SplitterUnknownPosition(uint256 position);

    constructor() {
        _implementation = address(this);
    }

    modifier onlyClone() {
        if (address(this) == _implementation) revert SplitterNotClone();
        _;
    }

    /// @notice Pays the holder of `position` what it earned and has not received. Anyone may call; only the holder is
    /// paid.
    /// @dev Reverts when the holder refuses the payment, which concerns no other position. Nothing to claim is 0, not
    /// an error.
    function claim(uint256 position, address currency) external onlyClone nonReentrant returns (uint256 amount) {
        SplitterClone.Position memory terms = _at(position);
        address holder = _holderOf(position, terms.recipient);
        amount = _claimable(position, currency, terms.share);
        if (amount == 0) return 0;
        _claimed[position][currency] += amount;
        _totalClaimed[currency] += amount;
        emit Claimed(position, holder, currency, amount);
        if (currency != address(0)) {
            IERC20(currency).safeTransfer(holder, amount);
        } else if (!BoundedCall.sendValue(holder, amount, gasleft())) {
            revert SplitterPaymentRefused(holder, amount);
        }
    }

    /// @notice Offers a position, with what it has not claimed, to `to`; the zero address takes the offer back.
    function offerPosition(uint256 position, address to) external onlyClone {
        if (msg.sender != holderOf(position)) revert SplitterNotHolder(position, msg.sender);
        if (to == address(this)) revert SplitterSelfHolder(position);
        _offeredTo[position] = to;
        emit PositionOffered(position, msg.sender, to);
    }

    /// @notice Takes a position that was offered to the caller.
    function acceptPosition(uint256 position) external onlyClone {
        address from = holderOf(position);
        if (msg.sender != _offeredTo[position]) revert SplitterNotCandidate(position, msg.sender);
        delete _offeredTo[position];
        _movedTo[position] = msg.sender;
        emit PositionMoved(position, from, msg.sender);
    }

    /// @notice What `claim` would pay now, in base units of `currency`.
    function claimable(uint256 position, address currency) external view onlyClone nonReentrantView returns (uint256) {
        return _claimable(position, currency, _at(position).share);
    }

    /// @notice What the position has been paid so far.
    function claimed(uint256 position, address currency) external view returns (uint256) {
        return _claimed[position][currency];
    }

    /// @notice All that ever arrived in `currency`.
    function totalReceived(address currency) external view nonReentrantView returns (uint256) {
        return _totalReceived(currency);
    }

    /// @notice All that was paid out in `currency`.
    function totalClaimed(address currency) external view returns (uint256) {
        return _totalClaimed[currency];
    }

    /// @notice Every position's holder and share, in parts per million.
    function positions() external view onlyClone returns (address[] memory holders, uint32[] memory shares) {
        uint256 count = SplitterClone.count(address(this));
        holders = new address[](count);
        shares = new uint32[](count);
        for (uint256 i = 0; i < count; ++i) {
            SplitterClone.Position memory terms = _at(i);
            (holders[i], shares[i]) = (_holderOf(i, terms.recipient), terms.share);
        }
    }

    /// @notice Whom the position is offered to; zero when to nobody.
    function candidateOf(uint256 position) external view returns (address) {
        return _offeredTo[position];
    }

    /// @notice Who is paid for `position`.
    function holderOf(uint256 position) public view onlyClone returns (address) {
        return _holderOf(position, _at(position).recipient);
    }

    function _holderOf(uint256 position, address recipient) private view returns (address) {
        address movedTo = _movedTo[position];
        return movedTo == address(0) ? recipient : movedTo;
    }

    /// @dev Saturates at zero: a token that takes units back leaves nothing to claim until they are earned again.
    function _claimable(uint256 position, address currency, uint32 share) private view returns (uint256) {
        uint256 earned = _totalReceived(currency) * share / SHARE_UNIT;
        return Math.saturatingSub(earned, _claimed[position][currency]);
    }

    function _totalReceived(address currency) private view returns (uint256) {
        uint256 balance = currency == address(0) ? address(this).balance : IERC20(currency).balanceOf(address(this));
        return balance + _totalClaimed[currency];
    }

    function _at(uint256 position) private view returns (SplitterClone.Position memory) {
        if (position >= SplitterClone.count(address(this))) revert SplitterUnknownPosition(position);
        return SplitterClone.positionAt(address(this), position);
    }
}
