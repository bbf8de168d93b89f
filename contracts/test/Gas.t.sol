// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Match, Order} from "../src/market/Order.sol";
import {RoyaltySplitter} from "../src/royalty/RoyaltySplitter.sol";
import {MintVoucher} from "../src/token/MintVoucher.sol";
import {ExchangeFixture} from "./base/ExchangeFixture.sol";

/// @notice What the calls that users and sponsors pay for cost, as whole transactions (21,000, calldata and refunds
/// included). Each has a budget; the exact figures are kept in snapshots/GasTest.json, which every run checks.
/// forge-config: default.isolate = true
contract GasTest is ExchangeFixture {
    function test_mintForANewHolder() public {
        _mint(address(0xA11CE), "first");
        _record("mint, new holder", 140_000);
    }

    function test_mintForAHolder() public {
        _mint(seller, "second");
        _record("mint, holder of others", 122_000);
    }

    function test_buyAnAsk() public {
        _warmAccounts();
        uint256 tokenId = mintWork(seller, "sold");
        Order memory ask = anAsk();
        (ask.criteria, ask.tokenEpoch, ask.nonce) = (bytes32(tokenId), 1, 12);
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.prank(buyer);
        exchange.fillAsk(ask, sig, tokenId, noProof);
        _record("buy an ask, accounts in use", 140_000);
    }

    function test_buyANativeAsk() public {
        _warmAccounts();
        uint256 tokenId = mintWork(seller, "sold");
        Order memory ask = anAsk();
        (ask.criteria, ask.currency, ask.nonce) = (bytes32(tokenId), address(0), 12);
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.deal(seller, 1);
        vm.deal(ROYALTIES, 1);
        vm.prank(buyer);
        exchange.fillAsk{value: PRICE}(ask, sig, tokenId, noProof);
        _record("buy a native ask", 160_000);
    }

    function test_sellToACollectionBid() public {
        _warmAccounts();
        uint256 tokenId = mintWork(seller, "sold");
        Order memory bid = aBid();
        (bid.maxFills, bid.nonce) = (5, 12);
        bytes memory sig = signed(BUYER_KEY, bid);
        vm.prank(seller);
        exchange.fillBid(bid, sig, tokenId, noProof);
        _record("sell to a collection bid", 165_000);
    }

    function test_matchOne() public {
        _matches(1, "match 1", 165_000);
    }

    function test_matchTwenty() public {
        _matches(20, "match 20", 20 * 75_000);
    }

    function test_cancel() public {
        vm.prank(seller);
        exchange.cancelNonces(0, 1);
        _record("cancel nonces", 50_000);
        vm.prank(seller);
        exchange.cancelAll();
        _record("cancel all", 50_000);
    }

    function test_splitter() public {
        address[] memory who = new address[](5);
        uint32[] memory parts = new uint32[](5);
        for (uint256 i = 0; i < 5; ++i) {
            (who[i], parts[i]) = (address(uint160(0xB000 + i)), 200_000);
            vm.deal(who[i], 1);
        }
        RoyaltySplitter splitter = RoyaltySplitter(deploySplitterFactory().createSplitter(who, parts, 0));
        _record("deploy a splitter among 5", 130_000);
        vm.deal(address(splitter), 1 ether);
        splitter.claim(0, address(0));
        _record("claim, first of the currency", 90_000);
        vm.deal(address(splitter), 1 ether);
        splitter.claim(0, address(0));
        _record("claim, repeated, asked by another", 52_500);
        vm.deal(address(splitter), 1 ether);
        vm.prank(who[0]);
        splitter.claim(0, address(0));
        _record("claim, repeated, asked by the holder", 50_000);
    }

    /// @dev `count` works of the seller against as many bids of the buyer, accounts used before.
    function _matches(uint256 count, string memory name, uint256 budget) private {
        _warmAccounts();
        Match[] memory batch = new Match[](count);
        for (uint256 i = 0; i < count; ++i) {
            Order memory ask = anAsk();
            Order memory bid = aBid();
            uint256 tokenId = mintWork(seller, abi.encode("match", i));
            (ask.criteria, ask.tokenEpoch, ask.nonce, bid.nonce) = (bytes32(tokenId), 1, 20 + i, 20 + i);
            (ask.salt, bid.salt) = (uint256(keccak256(abi.encode(i))), uint256(keccak256(abi.encode(i, i))));
            batch[i] = aMatch(ask, bid);
            batch[i].tokenId = tokenId;
        }
        vm.prank(OPERATOR);
        bool[] memory settled = exchange.matchOrders(batch);
        _record(name, budget);
        for (uint256 i = 0; i < count; ++i) {
            vm.assertTrue(settled[i], "settled");
        }
    }

    /// @dev One sale beforehand: balances, credits and nonce words are no longer zero.
    function _warmAccounts() private {
        Order memory bid = aBid();
        bid.nonce = 13;
        buy(anAsk());
        uint256 other = mintWork(seller, "warm");
        usd.mint(seller, 1);
        sell(bid, other, noProof);
    }

    function _mint(address to, bytes memory content) private {
        MintVoucher memory voucher = MintVoucher({
            creator: seller,
            to: to,
            contentHash: keccak256(content),
            uriHash: keccak256(bytes.concat(content, "metadata")),
            royaltyBps: 500,
            royaltyReceiver: ROYALTIES,
            price: 0,
            currency: address(0),
            validAfter: uint48(NOW),
            validUntil: uint48(NOW + 1 days),
            nonce: 77,
            counter: 0
        });
        bytes memory sig = signature(SELLER_KEY, token.hashVoucher(voucher));
        token.mint(voucher, sig);
    }

    function _record(string memory name, uint256 budget) private {
        uint256 gas = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue(name, gas);
        vm.assertLe(gas, budget, name);
    }
}
