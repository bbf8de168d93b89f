// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../../src/local/TestUSD.sol";
import {MintVoucher} from "../../src/token/MintVoucher.sol";
import {WorkToken} from "../../src/token/WorkToken.sol";
import {Test} from "./Test.sol";

/// @notice A WorkToken, a creator with a key, a collector and a relayer.
abstract contract WorkTokenFixture is Test {
    uint256 internal constant CREATOR_KEY = 0xC0FFEE;
    address internal constant RELAYER = address(0x4E1A);
    address internal constant ROYALTIES = address(0x2981);

    WorkToken internal token;
    TestUSD internal usd;
    address internal creator;
    address internal collector;

    function setUp() public virtual {
        vm.warp(NOW);
        vm.roll(1_000);
        token = deployWorkToken();
        usd = deployTestUSD();
        creator = vm.addr(CREATOR_KEY);
        collector = address(0xC011EC);
    }

    /// @dev A free work for the collector, 5 % royalty, valid for a day.
    function freeVoucher(bytes32 contentHash) internal view returns (MintVoucher memory) {
        return MintVoucher({
            creator: creator,
            to: collector,
            contentHash: contentHash,
            uriHash: keccak256(abi.encode("metadata", contentHash)),
            royaltyBps: 500,
            royaltyReceiver: ROYALTIES,
            price: 0,
            currency: address(0),
            validAfter: uint48(NOW),
            validUntil: uint48(NOW + 1 days),
            nonce: 7,
            counter: token.counterOf(creator)
        });
    }

    function signed(MintVoucher memory voucher) internal view returns (bytes memory) {
        return signature(CREATOR_KEY, token.hashVoucher(voucher));
    }

    function mintWork(MintVoucher memory voucher) internal returns (uint256) {
        bytes memory sig = signed(voucher);
        vm.prank(RELAYER);
        return token.mint(voucher, sig);
    }

    function expectMintRevert(MintVoucher memory voucher, bytes memory reason) internal {
        bytes memory sig = signed(voucher);
        vm.expectRevert(reason);
        vm.prank(RELAYER);
        token.mint(voucher, sig);
    }
}
