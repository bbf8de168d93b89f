// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../../src/local/TestUSD.sol";
import {Exchange} from "../../src/market/Exchange.sol";
import {Match, Order} from "../../src/market/Order.sol";
import {MintVoucher} from "../../src/token/MintVoucher.sol";
import {WorkToken} from "../../src/token/WorkToken.sol";
import {Test} from "./Test.sol";

/// @notice An exchange with 1 % fee, a seller who owns works with 5 % royalty, and a buyer with money; both have
/// approved it.
abstract contract ExchangeFixture is Test {
    uint256 internal constant SELLER_KEY = 0x5E11E4;
    uint256 internal constant BUYER_KEY = 0xB1D;
    address internal constant OPERATOR = address(0x09E4);
    address internal constant FEES = address(0xFEE5);
    address internal constant ROYALTIES = address(0x2981);
    uint16 internal constant FEE_BPS = 100;
    uint256 internal constant PRICE = 1_000_003;

    WorkToken internal token;
    TestUSD internal usd;
    Exchange internal exchange;
    address internal seller;
    address internal buyer;
    uint256 internal work;
    bytes32[] internal noProof;

    function setUp() public virtual {
        vm.warp(NOW);
        vm.roll(1_000);
        token = deployWorkToken();
        usd = deployTestUSD();
        address[] memory currencies = new address[](2);
        currencies[1] = address(usd);
        exchange = deployExchange(address(token), FEES, FEE_BPS, OPERATOR, currencies);
        seller = vm.addr(SELLER_KEY);
        buyer = vm.addr(BUYER_KEY);
        work = mintWork(seller, "work");
        vm.prank(seller);
        token.setApprovalForAll(address(exchange), true);
        fund(buyer);
    }

    function fund(address account) internal {
        usd.mint(account, 1_000 * PRICE);
        vm.deal(account, 1_000 ether);
        vm.prank(account);
        usd.approve(address(exchange), type(uint256).max);
    }

    function mintWork(address to, bytes memory content) internal returns (uint256) {
        MintVoucher memory voucher = MintVoucher({
            creator: seller,
            to: to,
            contentHash: keccak256(content),
            uriHash: keccak256(content),
            royaltyBps: 500,
            royaltyReceiver: ROYALTIES,
            price: 0,
            currency: address(0),
            validAfter: 0,
            validUntil: type(uint48).max,
            nonce: 0,
            counter: 0
        });
        return token.mint(voucher, signature(SELLER_KEY, token.hashVoucher(voucher)));
    }

    /// @dev The seller sells `work` once for PRICE tUSD.
    function anAsk() internal view returns (Order memory) {
        return Order({
            side: 0,
            maker: seller,
            taker: address(0),
            collection: address(token),
            criteriaKind: 1,
            criteria: bytes32(work),
            currency: address(usd),
            pricePerUnit: PRICE,
            maxFills: 1,
            maxRoyaltyBps: 1_000,
            maxFeeBps: 250,
            tokenEpoch: 0,
            start: uint48(NOW),
            end: uint48(NOW + 1 days),
            nonce: 11,
            counter: exchange.counterOf(seller),
            salt: 1,
            validation: 0
        });
    }

    /// @dev The buyer buys any one token of the collection for PRICE tUSD.
    function aBid() internal view returns (Order memory order) {
        order = anAsk();
        (order.side, order.maker, order.counter) = (1, buyer, exchange.counterOf(buyer));
        (order.criteriaKind, order.criteria) = (0, 0);
    }

    function signed(uint256 key, Order memory order) internal view returns (bytes memory) {
        return signature(key, exchange.hashOrder(order));
    }

    function aMatch(Order memory ask, Order memory bid) internal view returns (Match memory) {
        return Match({
            ask: ask,
            askSignature: signed(SELLER_KEY, ask),
            bid: bid,
            bidSignature: signed(BUYER_KEY, bid),
            tokenId: work,
            price: ask.pricePerUnit,
            askProof: noProof,
            bidProof: noProof
        });
    }

    function buy(Order memory ask) internal {
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.prank(buyer);
        exchange.fillAsk{value: ask.currency == address(0) ? ask.pricePerUnit : 0}(ask, sig, work, noProof);
    }

    function expectBuyRevert(Order memory ask, bytes memory reason) internal {
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.expectRevert(reason);
        vm.prank(buyer);
        exchange.fillAsk(ask, sig, work, noProof);
    }

    function sell(Order memory bid, uint256 tokenId, bytes32[] memory proof) internal {
        bytes memory sig = signed(BUYER_KEY, bid);
        vm.prank(seller);
        exchange.fillBid(bid, sig, tokenId, proof);
    }

    function expectSellRevert(Order memory bid, uint256 tokenId, bytes32[] memory proof, bytes memory reason) internal {
        bytes memory sig = signed(BUYER_KEY, bid);
        vm.expectRevert(reason);
        vm.prank(seller);
        exchange.fillBid(bid, sig, tokenId, proof);
    }

    function settle(Match memory item) internal returns (bool) {
        Match[] memory batch = new Match[](1);
        batch[0] = item;
        vm.prank(OPERATOR);
        return exchange.matchOrders(batch)[0];
    }

    /// @dev Settles `item` and requires that it fails for `reason`, as the event tells.
    function expectMatchFailure(Match memory item, bytes memory reason) internal {
        vm.expectEmit(address(exchange));
        emit Exchange.MatchFailed(exchange.hashOrder(item.ask), exchange.hashOrder(item.bid), item.tokenId, reason);
        vm.assertFalse(settle(item), "settled");
    }
}
