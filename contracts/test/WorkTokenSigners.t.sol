// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MintVoucher} from "../src/token/MintVoucher.sol";
import {WorkToken} from "../src/token/WorkToken.sol";
import {ContractWallet} from "./actors/ContractWallet.sol";
import {HostileSigner} from "./actors/HostileSigner.sol";
import {RefusingReceiver} from "./actors/RefusingReceiver.sol";
import {WorkTokenFixture} from "./base/WorkTokenFixture.sol";

contract WorkTokenSignersTest is WorkTokenFixture {
    bytes32 private constant WORK = keccak256("a work");

    function test_M13_contractWalletMintsByItsOwnersKey() public {
        ContractWallet wallet = new ContractWallet(creator);
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.creator = address(wallet);
        uint256 tokenId = mintWork(voucher);
        vm.assertEq(token.creatorOf(tokenId), address(wallet), "creator");
    }

    function test_M13_signatureForOneWalletDoesNotServeItsTwin() public {
        ContractWallet wallet = new ContractWallet(creator);
        ContractWallet twin = new ContractWallet(creator);
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.creator = address(wallet);
        bytes memory sig = signed(voucher);
        voucher.creator = address(twin);
        vm.expectPartialRevert(WorkToken.WorkTokenBadSignature.selector);
        token.mint(voucher, sig);
    }

    function test_M13_delegatedKeySignsAndReceivesWhateverItsDelegateKnows() public {
        address ignorant = address(new RefusingReceiver());
        vm.etch(creator, abi.encodePacked(hex"ef0100", ignorant));
        MintVoucher memory voucher = freeVoucher(WORK);
        voucher.to = creator;
        uint256 tokenId = mintWork(voucher);
        vm.assertEq(token.ownerOf(tokenId), creator, "owner");
    }

    function test_M13_hostileSignerFailsOnlyItsOwnMint() public {
        for (uint256 mode = 0; mode <= uint256(type(HostileSigner.Mode).max); ++mode) {
            MintVoucher memory voucher = freeVoucher(WORK);
            voucher.creator = address(new HostileSigner(HostileSigner.Mode(mode)));
            bytes memory sig = signed(voucher);
            (bool success, bytes memory result) =
                address(token).call{gas: 5_000_000}(abi.encodeCall(WorkToken.mint, (voucher, sig)));
            bool accepted = HostileSigner.Mode(mode) == HostileSigner.Mode.ReturnBomb;
            vm.assertEq(success, accepted, "only a true answer mints");
            if (!success) vm.assertEq(bytes4(result), WorkToken.WorkTokenBadSignature.selector, "reason");
        }
        mintWork(freeVoucher(WORK));
    }

    function test_refusesMalformedSignatures() public {
        MintVoucher memory voucher = freeVoucher(WORK);
        bytes memory reason =
            abi.encodeWithSelector(WorkToken.WorkTokenBadSignature.selector, creator, token.hashVoucher(voucher));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(CREATOR_KEY, token.hashVoucher(voucher));
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        bytes[4] memory malformed = [
            bytes(""),
            abi.encodePacked(r, s),
            abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? 28 : 27),
            abi.encodePacked(r, s, v, uint8(0))
        ];
        for (uint256 i = 0; i < malformed.length; ++i) {
            vm.expectRevert(reason);
            token.mint(voucher, malformed[i]);
        }
        voucher.creator = address(0);
        vm.expectPartialRevert(WorkToken.WorkTokenBadSignature.selector);
        token.mint(voucher, abi.encodePacked(r, s, uint8(99)));
    }
}
