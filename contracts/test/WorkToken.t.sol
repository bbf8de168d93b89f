// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {MintVoucher} from "../src/token/MintVoucher.sol";
import {WorkToken} from "../src/token/WorkToken.sol";
import {ReentrantReceiver} from "./actors/ReentrantReceiver.sol";
import {RefusingReceiver} from "./actors/RefusingReceiver.sol";
import {WorkTokenFixture} from "./base/WorkTokenFixture.sol";

contract WorkTokenTest is WorkTokenFixture {
    bytes32 private constant WORK = keccak256("a work");

    function test_mintStoresEveryTermAndTellsThem() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        uint256 tokenId = token.tokenIdOf(creator, WORK);
        bytes memory sig = signed(voucher);
        vm.expectEmit(address(token));
        emit WorkToken.Minted(tokenId, creator, collector, WORK, voucher.uriHash, 500, ROYALTIES, 0, address(0));
        vm.prank(RELAYER);
        vm.assertEq(token.mint(voucher, sig), tokenId, "id");

        vm.assertEq(token.ownerOf(tokenId), collector, "owner");
        vm.assertEq(token.balanceOf(collector), 1, "balance");
        vm.assertEq(token.uriHashOf(tokenId), voucher.uriHash, "uri hash");
        vm.assertEq(token.transferCount(tokenId), 1, "count starts at one");
        (address receiver, uint256 royalty) = token.royaltyInfo(tokenId, 10_001);
        vm.assertEq(receiver, ROYALTIES, "receiver");
        vm.assertEq(royalty, 500, "royalty is floored");
    }

    function test_tokenUriIsTheCidOfTheMetadataDigest() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.uriHash = 0x00ff0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab;
        uint256 tokenId = mintWork(voucher);
        vm.assertEq(
            token.tokenURI(tokenId),
            "ipfs://f0155122000ff0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab",
            "uri"
        );
    }

    function test_viewsOfATokenThatDoesNotExist() public {
        uint256 tokenId = token.tokenIdOf(creator, WORK);
        vm.assertEq(token.uriHashOf(tokenId), 0, "uri hash");
        vm.assertEq(token.transferCount(tokenId), 0, "count");
        (address receiver, uint256 royalty) = token.royaltyInfo(tokenId, 1 ether);
        vm.assertEq(receiver, address(0), "receiver");
        vm.assertEq(royalty, 0, "royalty");
        bytes memory missing = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId);
        vm.expectRevert(missing);
        token.tokenURI(tokenId);
        vm.expectRevert(missing);
        token.ownerOf(tokenId);
        vm.expectRevert(missing);
        token.lowerRoyalty(tokenId, 0);
        vm.expectRevert(missing);
        token.burn(tokenId);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOwner.selector, address(0)));
        token.balanceOf(address(0));
    }

    function test_supportsTheInterfacesItImplements() public view {
        vm.assertTrue(token.supportsInterface(type(IERC165).interfaceId), "165");
        vm.assertTrue(token.supportsInterface(type(IERC721).interfaceId), "721");
        vm.assertTrue(token.supportsInterface(type(IERC721Metadata).interfaceId), "721 metadata");
        vm.assertTrue(token.supportsInterface(type(IERC2981).interfaceId), "2981");
        vm.assertTrue(token.supportsInterface(0x49064906), "4906");
        vm.assertFalse(token.supportsInterface(0xffffffff), "invalid id");
        vm.assertEq(token.name(), "KnowTon Work", "name");
        vm.assertEq(token.symbol(), "WORK", "symbol");
    }

    function test_refusesAVoucherOutsideItsWindow() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        vm.warp(voucher.validAfter - 1);
        expectMintRevert(voucher, abi.encodeWithSelector(WorkToken.WorkTokenNotYetValid.selector, voucher.validAfter));
        vm.warp(uint256(voucher.validUntil) + 1);
        expectMintRevert(
            voucher, abi.encodeWithSelector(WorkToken.WorkTokenVoucherExpired.selector, voucher.validUntil)
        );
        vm.warp(voucher.validUntil);
        mintWork(voucher);
    }

    function test_refusesAVoucherWithoutAnEnd() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.validUntil = 0;
        expectMintRevert(voucher, abi.encodeWithSelector(WorkToken.WorkTokenVoucherExpired.selector, uint48(0)));
    }

    function test_refusesARoyaltyAboveTheCap() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.royaltyBps = 1_001;
        expectMintRevert(voucher, abi.encodeWithSelector(WorkToken.WorkTokenRoyaltyTooHigh.selector, 1_001, 1_000));
    }

    function test_refusesARoyaltyForNobody() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.royaltyReceiver = address(0);
        expectMintRevert(voucher, abi.encodeWithSelector(WorkToken.WorkTokenRoyaltyReceiverMissing.selector, 500));
        voucher.royaltyBps = 0;
        mintWork(voucher);
    }

    function test_bearerVoucherMintsToWhoeverPresentsIt() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.to = address(0);
        uint256 tokenId = mintWork(voucher);
        vm.assertEq(token.ownerOf(tokenId), RELAYER, "owner");
    }

    function test_M1_workIsMintedOnceEvenAfterItsBurn() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        uint256 tokenId = mintWork(voucher);
        bytes memory again = abi.encodeWithSelector(WorkToken.WorkTokenAlreadyMinted.selector, tokenId);
        expectMintRevert(voucher, again);
        vm.prank(collector);
        token.burn(tokenId);
        voucher.nonce = 8;
        voucher.uriHash = keccak256("other metadata");
        expectMintRevert(voucher, again);
        vm.assertEq(token.uriHashOf(tokenId), 0, "burn clears the metadata");
        vm.assertEq(token.transferCount(tokenId), 2, "burn leaves a tombstone");
    }

    function testFuzz_M2_idNamesCreatorAndContent(address anyCreator, bytes32 contentHash) public view {
        uint256 tokenId = token.tokenIdOf(anyCreator, contentHash);
        vm.assertEq(token.creatorOf(tokenId), anyCreator, "creator");
        vm.assertEq(uint96(tokenId), uint96(uint256(contentHash)), "content");
    }

    function test_M3_revokedNonceNeverMints() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.nonce = 256 * 5 + 9;
        vm.expectEmit(address(token));
        emit WorkToken.NoncesRevoked(creator, 5, 1 << 9);
        vm.prank(creator);
        token.revokeNonces(5, 1 << 9);
        vm.assertTrue(token.nonceRevoked(creator, voucher.nonce), "revoked");
        vm.assertFalse(token.nonceRevoked(creator, voucher.nonce + 1), "neighbour");
        expectMintRevert(
            voucher, abi.encodeWithSelector(WorkToken.WorkTokenNonceRevoked.selector, creator, voucher.nonce)
        );
        voucher.nonce += 1;
        mintWork(voucher);
    }

    function test_M3_movedCounterKillsEarlierVouchers() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        vm.recordLogs();
        vm.prank(creator);
        token.revokeAll();
        uint256 counter = token.counterOf(creator);
        vm.assertGt(counter, 1 << 64, "the jump cannot be guessed");
        vm.assertEq(vm.getRecordedLogs()[0].data, abi.encode(counter), "event");
        expectMintRevert(voucher, abi.encodeWithSelector(WorkToken.WorkTokenCounterMoved.selector, creator, counter, 0));
        voucher.counter = counter;
        mintWork(voucher);
    }

    function testFuzz_M4_voucherChangedInAnyFieldNeverValidates(uint256 field, uint256 change) public {
        MintVoucher memory voucher = freeVoucher(WORK);
        bytes memory sig = signed(voucher);
        MintVoucher memory changed = _changed(voucher, field % 11, change);
        vm.expectRevert(
            abi.encodeWithSelector(
                WorkToken.WorkTokenBadSignature.selector, changed.creator, token.hashVoucher(changed)
            )
        );
        token.mint(changed, sig);
        changed = freeVoucher(WORK);
        changed.counter = 1 + change % type(uint128).max;
        vm.expectPartialRevert(WorkToken.WorkTokenCounterMoved.selector);
        token.mint(changed, sig);
    }

    function test_M5_voucherOfAnotherChainOrContractNeverValidates() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        bytes memory sig = signed(voucher);
        WorkToken other = deployWorkToken();
        bytes32 digest = other.hashVoucher(voucher);
        vm.expectRevert(abi.encodeWithSelector(WorkToken.WorkTokenBadSignature.selector, creator, digest));
        other.mint(voucher, sig);
        vm.chainId(1);
        digest = token.hashVoucher(voucher);
        vm.expectRevert(abi.encodeWithSelector(WorkToken.WorkTokenBadSignature.selector, creator, digest));
        token.mint(voucher, sig);
    }

    function testFuzz_M6_royaltyIsCappedFlooredAndOnlyFalls(uint16 first, uint16 second, uint128 price) public {
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.royaltyBps = uint16(bound(first, 0, 1_000));
        uint256 tokenId = mintWork(voucher);
        (, uint256 before) = token.royaltyInfo(tokenId, price);
        vm.assertEq(before, uint256(price) * voucher.royaltyBps / 10_000, "floor");
        vm.prank(creator);
        if (second >= voucher.royaltyBps) {
            vm.expectRevert(
                abi.encodeWithSelector(WorkToken.WorkTokenRoyaltyNotLower.selector, voucher.royaltyBps, second)
            );
            token.lowerRoyalty(tokenId, second);
            return;
        }
        vm.expectEmit(address(token));
        emit WorkToken.RoyaltyLowered(tokenId, second);
        vm.expectEmit(address(token));
        emit IERC4906.MetadataUpdate(tokenId);
        token.lowerRoyalty(tokenId, second);
        (address receiver, uint256 later) = token.royaltyInfo(tokenId, price);
        vm.assertLe(later, before, "falls");
        vm.assertEq(receiver, ROYALTIES, "receiver stays");
    }

    function test_M6_onlyTheCreatorLowersTheRoyalty() public {
        uint256 tokenId = mintWork(freeVoucher(WORK));
        vm.expectRevert(abi.encodeWithSelector(WorkToken.WorkTokenNotCreator.selector, collector, creator));
        vm.prank(collector);
        token.lowerRoyalty(tokenId, 0);
    }

    function test_M9_everyOwnerChangeCounts() public {
        uint256 tokenId = mintWork(freeVoucher(WORK));
        vm.prank(collector);
        token.transferFrom(collector, collector, tokenId);
        vm.assertEq(token.transferCount(tokenId), 2, "self-transfer counts");
        vm.prank(collector);
        token.transferFrom(collector, RELAYER, tokenId);
        vm.assertEq(token.transferCount(tokenId), 3, "transfer counts");
        vm.assertEq(token.balanceOf(collector), 0, "left");
        vm.assertEq(token.balanceOf(RELAYER), 1, "arrived");
    }

    function test_transferClearsTheApproval() public {
        uint256 tokenId = mintWork(freeVoucher(WORK));
        vm.prank(collector);
        token.approve(RELAYER, tokenId);
        vm.prank(RELAYER);
        token.transferFrom(collector, creator, tokenId);
        vm.assertEq(token.getApproved(tokenId), address(0), "approval");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, RELAYER, tokenId));
        vm.prank(RELAYER);
        token.burn(tokenId);
    }

    function test_M10_receiverSeesEverythingAndCannotMintAgain() public {
        ReentrantReceiver receiver = new ReentrantReceiver();
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.to = address(receiver);
        receiver.prepare(abi.encodeCall(WorkToken.mint, (voucher, signed(voucher))));
        uint256 tokenId = mintWork(voucher);
        vm.assertTrue(receiver.called(), "callback");
        vm.assertEq(receiver.seenOwner(), address(receiver), "owner");
        vm.assertEq(receiver.seenUri(), token.tokenURI(tokenId), "uri");
        vm.assertEq(receiver.seenReceiver(), ROYALTIES, "receiver");
        vm.assertEq(receiver.seenRoyalty(), 500, "royalty");
        vm.assertFalse(receiver.attackSucceeded(), "second mint");
        bytes memory reentrant = abi.encodePacked(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        vm.assertEq(receiver.attackResult(), reentrant, "guard");
    }

    function test_M10_receiverThatMovesTheTokenInsideItsCallbackKeepsTheBooksRight() public {
        ReentrantReceiver receiver = new ReentrantReceiver();
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.to = address(receiver);
        uint256 tokenId = token.tokenIdOf(creator, WORK);
        receiver.prepare(abi.encodeCall(token.transferFrom, (address(receiver), RELAYER, tokenId)));
        mintWork(voucher);
        vm.assertEq(token.ownerOf(tokenId), RELAYER, "owner");
        vm.assertEq(token.balanceOf(address(receiver)), 0, "left");
        vm.assertEq(token.transferCount(tokenId), 2, "count");
    }

    function test_refusesAReceiverThatCannotHoldTokens() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.to = address(new RefusingReceiver());
        bytes memory reason = abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, voucher.to);
        expectMintRevert(voucher, reason);
    }

    function testFuzz_M11_strangerChangesNothing(address stranger) public {
        uint256 tokenId = mintWork(freeVoucher(WORK));
        vm.assume(stranger != creator && stranger != collector && stranger != address(0));
        vm.startPrank(stranger);
        bytes memory refused =
            abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, stranger, tokenId);
        vm.expectRevert(refused);
        token.burn(tokenId);
        vm.expectRevert(refused);
        token.transferFrom(collector, stranger, tokenId);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, stranger));
        token.approve(stranger, tokenId);
        vm.expectRevert(abi.encodeWithSelector(WorkToken.WorkTokenNotCreator.selector, stranger, creator));
        token.lowerRoyalty(tokenId, 0);
        token.revokeNonces(0, type(uint256).max);
        token.revokeAll();
        vm.stopPrank();
        vm.assertFalse(token.nonceRevoked(creator, 7), "creator's nonces");
        vm.assertEq(token.counterOf(creator), 0, "creator's counter");
    }

    function test_M11_creatorHasNoHoldOverASoldToken() public {
        uint256 tokenId = mintWork(freeVoucher(WORK));
        vm.prank(creator);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, creator, tokenId));
        token.burn(tokenId);
    }

    function testFuzz_M12_relayerDoesNotMatter(address relayer) public {
        MintVoucher memory voucher = freeVoucher(WORK);
        bytes memory sig = signed(voucher);
        vm.prank(relayer);
        uint256 tokenId = token.mint(voucher, sig);
        vm.assertEq(token.ownerOf(tokenId), collector, "owner");
        vm.assertEq(token.uriHashOf(tokenId), voucher.uriHash, "metadata");
        (address receiver, uint256 royalty) = token.royaltyInfo(tokenId, 10_000);
        vm.assertEq(receiver, ROYALTIES, "receiver");
        vm.assertEq(royalty, 500, "royalty");
        vm.assertEq(token.credits(relayer, address(0)), 0, "relayer gains nothing");
    }

    function _changed(MintVoucher memory v, uint256 field, uint256 change) private pure returns (MintVoucher memory) {
        uint256 delta = bound(change, 1, type(uint32).max);
        if (field == 0) v.creator = address(uint160(v.creator) ^ uint160(delta));
        if (field == 1) v.to = address(uint160(v.to) ^ uint160(delta));
        if (field == 2) v.contentHash ^= bytes32(delta);
        if (field == 3) v.uriHash ^= bytes32(delta);
        if (field == 4) v.royaltyBps = uint16(bound(change, 501, 1_000));
        if (field == 5) v.royaltyReceiver = address(uint160(v.royaltyReceiver) ^ uint160(delta << 32));
        if (field == 6) v.price ^= delta;
        if (field == 7) v.currency = address(uint160(delta));
        if (field == 8) v.validAfter = uint48(bound(change, 0, NOW - 1));
        if (field == 9) v.validUntil += uint48(delta);
        if (field == 10) v.nonce ^= delta;
        return v;
    }
}
