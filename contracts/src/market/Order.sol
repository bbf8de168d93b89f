// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice A maker's signed offer to sell (ask) or to buy (bid).
/// @param side 0 ask, 1 bid
/// @param maker who signs: the seller of an ask, the buyer of a bid
/// @param taker the only account that may take the order; zero for anyone
/// @param collection the ERC-721 contract
/// @param criteriaKind 0 any token of the collection (bids only), 1 the token `criteria`, 2 a token under the merkle
/// root `criteria`
/// @param criteria zero, a token id, or a merkle root
/// @param currency an allowed ERC-20; zero is the native currency (asks only)
/// @param pricePerUnit base units of `currency`: the least an ask takes, the most a bid gives
/// @param maxFills how many tokens the order may move in all, at least 1
/// @param maxRoyaltyBps most the seller gives up as royalty, in basis points of the price
/// @param maxFeeBps most the seller gives up as protocol fee, in basis points of the price
/// @param tokenEpoch transfer count the token must have; zero ignores it. Only tokens of the strict collection have one
/// @param start first second at which the order may fill
/// @param end last second at which the order may fill; never open-ended
/// @param nonce position in the maker's bitmap; orders that share one exclude each other
/// @param counter the maker's counter at signing
/// @param salt any number; makes equal orders distinct
/// @param validation reserved, must be zero
struct Order {
    uint8 side;
    address maker;
    address taker;
    address collection;
    uint8 criteriaKind;
    bytes32 criteria;
    address currency;
    uint256 pricePerUnit;
    uint32 maxFills;
    uint16 maxRoyaltyBps;
    uint16 maxFeeBps;
    uint96 tokenEpoch;
    uint48 start;
    uint48 end;
    uint256 nonce;
    uint256 counter;
    uint256 salt;
    bytes32 validation;
}

/// @notice Two signed orders that meet at `price` over one token.
struct Match {
    Order ask;
    bytes askSignature;
    Order bid;
    bytes bidSignature;
    uint256 tokenId;
    uint256 price;
    bytes32[] askProof;
    bytes32[] bidProof;
}

/// @notice EIP-712 hashing of orders.
library Orders {
    uint8 internal constant ASK = 0;
    uint8 internal constant BID = 1;

    uint8 internal constant ANY_TOKEN = 0;
    uint8 internal constant ONE_TOKEN = 1;
    uint8 internal constant LISTED_TOKENS = 2;

    bytes32 internal constant TYPEHASH = keccak256(
        "Order(uint8 side,address maker,address taker,address collection,uint8 criteriaKind,bytes32 criteria,address currency,uint256 pricePerUnit,uint32 maxFills,uint16 maxRoyaltyBps,uint16 maxFeeBps,uint96 tokenEpoch,uint48 start,uint48 end,uint256 nonce,uint256 counter,uint256 salt,bytes32 validation)"
    );

    /// @notice The EIP-712 struct hash, without the domain.
    function structHash(Order calldata order) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, order));
    }
}
