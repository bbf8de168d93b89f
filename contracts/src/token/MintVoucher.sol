// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @notice A creator's signed permission to mint one work. Every field is of fixed size; texts appear by their hash.
/// @param creator who signs, and the upper 160 bits of the token id
/// @param to who receives the token; zero makes the voucher a bearer voucher, minted to whoever presents it
/// @param contentHash digest of the work; its low 96 bits are the low bits of the token id
/// @param uriHash sha2-256 digest of the metadata JSON's bytes
/// @param royaltyBps royalty on resale in basis points, at most 1000
/// @param royaltyReceiver who receives the royalty; may be a splitter that is not deployed yet
/// @param price what the presenter pays, in base units of `currency`
/// @param currency ERC-20 of the price; zero is the native currency
/// @param validAfter first second at which the voucher may be used
/// @param validUntil last second at which the voucher may be used; never open-ended
/// @param nonce position in the creator's revocation bitmap
/// @param counter the creator's counter at signing
struct MintVoucher {
    address creator;
    address to;
    bytes32 contentHash;
    bytes32 uriHash;
    uint16 royaltyBps;
    address royaltyReceiver;
    uint256 price;
    address currency;
    uint48 validAfter;
    uint48 validUntil;
    uint256 nonce;
    uint256 counter;
}

/// @notice EIP-712 hashing of vouchers.
library MintVouchers {
    bytes32 internal constant TYPEHASH = keccak256(
        "MintVoucher(address creator,address to,bytes32 contentHash,bytes32 uriHash,uint16 royaltyBps,address royaltyReceiver,uint256 price,address currency,uint48 validAfter,uint48 validUntil,uint256 nonce,uint256 counter)"
    );

    /// @notice The EIP-712 struct hash, without the domain.
    function structHash(MintVoucher calldata voucher) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, voucher));
    }
}
