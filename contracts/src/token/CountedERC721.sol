// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @notice ERC-721 that counts the owner changes of each token in the 96 bits the owner's slot has to spare.
/// @dev The count starts at 1 with the mint, rises with every transfer (to oneself too) and with the burn, and outlives
/// the burn: a count with no owner is the tombstone of a token. It replaces the ownership storage of the base, hence no
/// call to `super`.
abstract contract CountedERC721 is ERC721 {
    struct Ownership {
        address owner;
        uint96 transferCount;
    }

    mapping(uint256 tokenId => Ownership) private _ownerships;
    mapping(address owner => uint256 amount) private _balances;

    /// @notice How often `tokenId` changed owner, counting the mint; 0 for a token that never was.
    function transferCount(uint256 tokenId) public view returns (uint96) {
        return _ownerships[tokenId].transferCount;
    }

    /// @inheritdoc ERC721
    function balanceOf(address owner) public view override returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(address(0));
        return _balances[owner];
    }

    function _ownerOf(uint256 tokenId) internal view override returns (address) {
        return _ownerships[tokenId].owner;
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        Ownership memory ownership = _ownerships[tokenId];
        from = ownership.owner;
        if (auth != address(0)) _checkAuthorized(from, auth, tokenId);
        if (from != address(0)) {
            _approve(address(0), tokenId, address(0), false);
            _balances[from] -= 1;
        }
        if (to != address(0)) _balances[to] += 1;
        _ownerships[tokenId] = Ownership({owner: to, transferCount: ownership.transferCount + 1});
        emit Transfer(from, to, tokenId);
    }

    /// @dev The base counts on this to be consistent with `_ownerOf`; nothing here mints without `_update`.
    function _increaseBalance(address account, uint128 value) internal override {
        _balances[account] += value;
    }
}
