// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice An ERC-20 with the vices of real ones: a fee on transfers, a blacklist, and a callback in the middle of a
/// transfer.
contract HostileToken is ERC20 {
    uint256 public feeBps;
    mapping(address account => bool) public blacklisted;
    address private _callee;
    bytes private _callback;
    bytes public callbackResult;
    bool public callbackSucceeded;

    error Blacklisted(address account);

    constructor() ERC20("Hostile", "HOST") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function burnFrom(address from, uint256 amount) external {
        _burn(from, amount);
    }

    function setFee(uint256 bps) external {
        feeBps = bps;
    }

    function blacklist(address account) external {
        blacklisted[account] = true;
    }

    function setCallback(address callee, bytes calldata data) external {
        (_callee, _callback) = (callee, data);
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (blacklisted[from]) revert Blacklisted(from);
        if (blacklisted[to]) revert Blacklisted(to);
        if (from == address(0) || to == address(0)) return super._update(from, to, amount);
        if (_callee != address(0)) (callbackSucceeded, callbackResult) = _callee.call(_callback);
        uint256 fee = amount * feeBps / 10_000;
        if (fee != 0) super._update(from, address(0), fee);
        super._update(from, to, amount - fee);
    }
}
