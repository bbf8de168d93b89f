// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Order, Orders} from "./Order.sol";

/// @notice Checks of an order against itself, the clock and a token: everything that needs no storage.
library OrderTerms {
    error ExchangeCriteriaMalformed(uint8 side, uint8 criteriaKind, bytes32 criteria);
    error ExchangeNativeBid();
    error ExchangeNoFills();
    error ExchangeOrderExpired(uint48 end);
    error ExchangeOrderNotStarted(uint48 start);
    error ExchangeTakerMismatch(address expected, address actual);
    error ExchangeTokenNotCovered(uint256 tokenId, bytes32 criteria);
    error ExchangeValidationReserved(bytes32 validation);
    error ExchangeWrongSide(uint8 expected, uint8 actual);

    /// @notice Requires `order` to be a sound, open order of `side` that `taker` may take.
    function requireOpen(Order calldata order, uint8 side, address taker) internal view {
        if (order.side != side) revert ExchangeWrongSide(side, order.side);
        if (block.timestamp < order.start) revert ExchangeOrderNotStarted(order.start);
        if (block.timestamp > order.end) revert ExchangeOrderExpired(order.end);
        if (order.taker != address(0) && order.taker != taker) revert ExchangeTakerMismatch(order.taker, taker);
        if (order.validation != 0) revert ExchangeValidationReserved(order.validation);
        if (order.maxFills == 0) revert ExchangeNoFills();
        if (side == Orders.BID && order.currency == address(0)) revert ExchangeNativeBid();
    }

    /// @notice Requires `tokenId` to be among the tokens the order names.
    /// @dev Leaves are hashed twice and an inner node is the hash of 64 bytes, so a node of the tree cannot pass for a
    /// token id.
    function requireCovers(Order calldata order, uint256 tokenId, bytes32[] calldata proof) internal pure {
        uint8 kind = order.criteriaKind;
        if (kind == Orders.ONE_TOKEN) {
            if (order.criteria != bytes32(tokenId)) revert ExchangeTokenNotCovered(tokenId, order.criteria);
        } else if (kind == Orders.LISTED_TOKENS) {
            bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(tokenId))));
            if (!MerkleProof.verifyCalldata(proof, order.criteria, leaf)) {
                revert ExchangeTokenNotCovered(tokenId, order.criteria);
            }
        } else if (kind != Orders.ANY_TOKEN || order.side != Orders.BID || order.criteria != 0) {
            revert ExchangeCriteriaMalformed(order.side, kind, order.criteria);
        }
    }
}
