// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice The tree of four token ids that makers sign: leaves hashed twice, pairs sorted.
library MerkleTree {
    function leaf(uint256 tokenId) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(tokenId))));
    }

    function node(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return left < right ? keccak256(abi.encode(left, right)) : keccak256(abi.encode(right, left));
    }

    function root(uint256[4] memory ids) internal pure returns (bytes32) {
        return node(node(leaf(ids[0]), leaf(ids[1])), node(leaf(ids[2]), leaf(ids[3])));
    }

    function proof(uint256[4] memory ids, uint256 index) internal pure returns (bytes32[] memory path) {
        path = new bytes32[](2);
        path[0] = leaf(ids[index ^ 1]);
        path[1] = index < 2 ? node(leaf(ids[2]), leaf(ids[3])) : node(leaf(ids[0]), leaf(ids[1]));
    }
}
