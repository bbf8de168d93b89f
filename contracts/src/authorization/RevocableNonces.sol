// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice Two ways for a signer to take signatures back: a bitmap of nonces, and a counter that every signature
/// repeats.
/// @dev A nonce is `word << 8 | bit`, so one storage slot holds 256 nonces and one transaction can spend any of them
/// together.
abstract contract RevocableNonces {
    mapping(address signer => mapping(uint256 word => uint256 bits)) private _spent;
    mapping(address signer => uint256 counter) private _counters;

    /// @notice The counter that a signature of `signer` must carry now.
    function counterOf(address signer) public view returns (uint256) {
        return _counters[signer];
    }

    function _isSpent(address signer, uint256 nonce) internal view returns (bool) {
        return _spent[signer][nonce >> 8] & _bit(nonce) != 0;
    }

    function _spend(address signer, uint256 nonce) internal {
        _spent[signer][nonce >> 8] |= _bit(nonce);
    }

    function _spendMask(address signer, uint256 word, uint256 mask) internal {
        _spent[signer][word] |= mask;
    }

    /// @dev Jumps by a number nobody knows in advance, so signatures prepared for the next counters die as well.
    function _moveCounter(address signer) internal returns (uint256 counter) {
        counter = _counters[signer] + 1 + (uint256(blockhash(block.number - 1)) >> 128);
        _counters[signer] = counter;
    }

    function _bit(uint256 nonce) private pure returns (uint256) {
        return 1 << (nonce & 0xff);
    }
}
