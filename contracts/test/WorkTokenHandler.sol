// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../src/local/TestUSD.sol";
import {MintVoucher} from "../src/token/MintVoucher.sol";
import {WorkToken} from "../src/token/WorkToken.sol";
import {Test} from "./base/Test.sol";

/// @notice Random life of a WorkToken, with its own books to compare against.
contract WorkTokenHandler is Test {
    WorkToken public immutable token;
    TestUSD public immutable usd;

    uint256[3] private _keys = [uint256(0xA11CE), 0xB0B, 0xCA401];
    uint256[] private _ids;

    mapping(uint256 tokenId => uint256) public mints;
    mapping(uint256 tokenId => uint256) public ownerChanges;
    mapping(uint256 tokenId => address) public owner;
    mapping(uint256 tokenId => uint256) public lowestRoyaltyBps;
    mapping(address currency => uint256) public received;
    mapping(address currency => uint256) public paidOut;
    uint256 public existing;

    constructor() {
        vm.warp(NOW);
        vm.roll(1_000);
        token = deployWorkToken();
        usd = deployTestUSD();
    }

    function ids() external view returns (uint256[] memory) {
        return _ids;
    }

    function account(uint256 seed) public view returns (address) {
        return vm.addr(_keys[seed % 3]);
    }

    /// @dev Few creators and few works, so that minting again is common.
    function mint(uint256 creatorSeed, uint256 toSeed, uint256 work, uint16 royaltyBps, uint96 price, bool native)
        external
    {
        MintVoucher memory voucher = _voucher(creatorSeed, toSeed, work, royaltyBps, price, native);
        bytes memory sig = signature(_keys[creatorSeed % 3], token.hashVoucher(voucher));
        uint256 tokenId = token.tokenIdOf(voucher.creator, voucher.contentHash);
        bool fresh = mints[tokenId] == 0;
        bool revoked = token.nonceRevoked(voucher.creator, voucher.nonce);
        vm.deal(address(this), native ? price : 0);
        usd.mint(address(this), native ? 0 : price);
        usd.approve(address(token), price);
        try token.mint{value: native ? price : 0}(voucher, sig) {
            vm.assertTrue(fresh && !revoked, "M1, M3: minted twice or after revocation");
            _recordMint(tokenId, voucher);
        } catch {
            vm.assertTrue(!fresh || revoked, "a sound voucher was refused");
        }
    }

    function transfer(uint256 idSeed, uint256 toSeed) external {
        (bool exists, uint256 tokenId) = _existing(idSeed);
        if (!exists) return;
        address from = owner[tokenId];
        vm.prank(from);
        token.transferFrom(from, account(toSeed), tokenId);
        owner[tokenId] = account(toSeed);
        ++ownerChanges[tokenId];
    }

    function burn(uint256 idSeed) external {
        (bool exists, uint256 tokenId) = _existing(idSeed);
        if (!exists || idSeed % 4 != 0) return;
        vm.prank(owner[tokenId]);
        token.burn(tokenId);
        owner[tokenId] = address(0);
        lowestRoyaltyBps[tokenId] = 0;
        ++ownerChanges[tokenId];
        --existing;
    }

    function lowerRoyalty(uint256 idSeed, uint16 bps) external {
        (bool exists, uint256 tokenId) = _existing(idSeed);
        if (!exists) return;
        vm.prank(token.creatorOf(tokenId));
        try token.lowerRoyalty(tokenId, bps) {
            vm.assertGt(lowestRoyaltyBps[tokenId], bps, "M6: royalty rose");
            lowestRoyaltyBps[tokenId] = bps;
        } catch {
            vm.assertGe(bps, lowestRoyaltyBps[tokenId], "a lower royalty was refused");
        }
    }

    function revokeNonces(uint256 seed, uint8 bit) external {
        vm.prank(account(seed));
        token.revokeNonces(0, 1 << (bit % 16));
    }

    function revokeAll(uint256 seed) external {
        vm.prank(account(seed));
        token.revokeAll();
    }

    function withdraw(uint256 seed, bool native) external {
        address currency = native ? address(0) : address(usd);
        if (token.credits(account(seed), currency) == 0) return;
        paidOut[currency] += token.withdrawFor(account(seed), currency);
    }

    function _voucher(uint256 creatorSeed, uint256 toSeed, uint256 work, uint16 royaltyBps, uint96 price, bool native)
        private
        view
        returns (MintVoucher memory)
    {
        return MintVoucher({
            creator: account(creatorSeed),
            to: account(toSeed),
            contentHash: keccak256(abi.encode(work % 8)),
            uriHash: keccak256(abi.encode(work)),
            royaltyBps: uint16(bound(royaltyBps, 0, 1_000)),
            royaltyReceiver: address(0x2981),
            price: price,
            currency: native ? address(0) : address(usd),
            validAfter: uint48(NOW),
            validUntil: uint48(NOW),
            nonce: work % 16,
            counter: token.counterOf(account(creatorSeed))
        });
    }

    function _recordMint(uint256 tokenId, MintVoucher memory voucher) private {
        _ids.push(tokenId);
        ++mints[tokenId];
        ++ownerChanges[tokenId];
        ++existing;
        owner[tokenId] = voucher.to;
        lowestRoyaltyBps[tokenId] = voucher.royaltyBps;
        received[voucher.currency] += voucher.price;
    }

    function _existing(uint256 seed) private view returns (bool, uint256 tokenId) {
        if (_ids.length == 0) return (false, 0);
        tokenId = _ids[seed % _ids.length];
        return (owner[tokenId] != address(0), tokenId);
    }
}
