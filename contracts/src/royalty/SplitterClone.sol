// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice The code of a splitter: a delegating clone that stops on empty calldata, followed by its recipients.
/// @dev A standard ERC-1167 clone enters its implementation even for a plain payment, which costs more than the 2,300
/// gas that many senders allow. Runtime, 51 bytes, then 24 bytes for each position (20 recipient, 4 share in parts per
/// million):
///
///   36 6005 57 00        stop when there is no calldata: the payment is accepted
///   5b 36 5f 5f 37       copy the calldata
///   5f 5f 36 5f 73<20> 5a f4   delegate to the implementation
///   3d 5f 5f 3e 602f 57 3d 5f fd   copy the answer; revert with it on failure
///   5b 3d 5f f3          return it
library SplitterClone {
    struct Position {
        address recipient;
        uint32 share;
    }

    uint256 private constant RUNTIME_SIZE = 51;
    uint256 private constant POSITION_SIZE = 24;

    /// @notice The code that deploys a clone of `implementation` with these positions.
    function creationCode(address implementation, address[] calldata recipients, uint32[] calldata shares)
        internal
        pure
        returns (bytes memory)
    {
        bytes memory positions;
        for (uint256 i = 0; i < recipients.length; ++i) {
            positions = bytes.concat(positions, abi.encodePacked(recipients[i], shares[i]));
        }
        uint256 size = RUNTIME_SIZE + positions.length;
        return abi.encodePacked(
            // push the size, copy that much code from offset 10, return it
            hex"61",
            // forge-lint: disable-next-line(unsafe-typecast): 32 positions need 819 bytes
            uint16(size),
            hex"80600a5f395ff3",
            hex"36600557005b365f5f375f5f365f73",
            implementation,
            hex"5af43d5f5f3e602f573d5ffd5b3d5ff3",
            positions
        );
    }

    /// @notice How many positions the code of `clone` holds.
    function count(address clone) internal view returns (uint256) {
        return (clone.code.length - RUNTIME_SIZE) / POSITION_SIZE;
    }

    /// @notice Reads one position out of the code of `clone`; the caller has checked that it exists.
    function positionAt(address clone, uint256 index) internal view returns (Position memory position) {
        uint256 word;
        uint256 offset = RUNTIME_SIZE + index * POSITION_SIZE;
        assembly ("memory-safe") {
            mstore(0x00, 0)
            extcodecopy(clone, 0x00, offset, 24)
            word := mload(0x00)
        }
        // forge-lint: disable-next-item(unsafe-typecast): each cast keeps exactly the bytes of its field
        position = Position({recipient: address(uint160(word >> 96)), share: uint32(word >> 64)});
    }
}
