// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice Calls to accounts that are not trusted: the gas they get and the bytes copied from them are bounded.
/// @dev Solidity's own `call` copies everything the other side returns, at the caller's expense.
library BoundedCall {
    /// @notice Sends `amount` wei with at most `gasLimit` gas; false when the receiver refuses.
    function sendValue(address to, uint256 amount, uint256 gasLimit) internal returns (bool success) {
        assembly ("memory-safe") {
            success := call(gasLimit, to, amount, 0x00, 0x00, 0x00, 0x00)
        }
    }

    /// @notice Reads two words; `success` is false when the call fails or answers fewer than 64 bytes.
    function readTwoWords(address target, bytes memory data, uint256 gasLimit)
        internal
        view
        returns (bool success, bytes32 first, bytes32 second)
    {
        assembly ("memory-safe") {
            success := staticcall(gasLimit, target, add(data, 0x20), mload(data), 0x00, 0x40)
            success := and(success, gt(returndatasize(), 0x3f))
            first := mload(0x00)
            second := mload(0x20)
        }
    }

    /// @notice Calls `target`; when it fails, `reason` is the first `maxReason` bytes it gave.
    function tryCall(address target, bytes memory data, uint256 gasLimit, uint256 maxReason)
        internal
        returns (bool success, bytes memory reason)
    {
        uint256 size;
        assembly ("memory-safe") {
            success := call(gasLimit, target, 0, add(data, 0x20), mload(data), 0x00, 0x00)
            size := returndatasize()
        }
        if (success) return (true, "");
        reason = new bytes(size < maxReason ? size : maxReason);
        assembly ("memory-safe") {
            returndatacopy(add(reason, 0x20), 0x00, mload(reason))
        }
    }
}
