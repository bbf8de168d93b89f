// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../src/local/TestUSD.sol";
import {Exchange} from "../src/market/Exchange.sol";
import {Match, Order} from "../src/market/Order.sol";
import {MintVoucher} from "../src/token/MintVoucher.sol";
import {WorkToken} from "../src/token/WorkToken.sol";
import {Test} from "./base/Test.sol";
import {Vm} from "./base/Vm.sol";

/// @notice Random trading of six works among three accounts: orders are signed, kept, filled more than once, cancelled
/// and outlived; an accepting model decides beforehand what each fill must do.
contract ExchangeHandler is Test {
    uint256 private constant WORKS = 6;
    uint256 private constant NONCES = 64;
    address private constant OPERATOR = address(0x09E4);

    struct Kept {
        Order order;
        bytes signature;
        bytes32 hash;
        uint256 fills;
        bool cancelled;
    }

    WorkToken public immutable token;
    TestUSD public immutable usd;
    Exchange public immutable exchange;

    uint256[3] private _keys = [uint256(0xA11CE), 0xB0B, 0xCA401];
    uint256[] private _works;
    Kept[] private _orders;
    mapping(address maker => mapping(uint256 nonce => bool)) private _nonceFilled;

    uint256 public trades;
    uint256 public fillsOfOrders;
    uint256 public royalties;
    uint256 public fees;
    uint256 public withdrawn;

    constructor() {
        vm.warp(NOW);
        vm.roll(1_000);
        token = deployWorkToken();
        usd = deployTestUSD();
        address[] memory currencies = new address[](1);
        currencies[0] = address(usd);
        exchange = deployExchange(address(token), address(0xFEE5), 100, OPERATOR, currencies);
        for (uint256 i = 0; i < 3; ++i) {
            usd.mint(account(i), 1e30);
            vm.startPrank(account(i));
            usd.approve(address(exchange), type(uint256).max);
            token.setApprovalForAll(address(exchange), true);
            vm.stopPrank();
        }
        for (uint256 i = 0; i < WORKS; ++i) {
            _works.push(_mint(i));
        }
    }

    function account(uint256 seed) public view returns (address) {
        return vm.addr(_keys[seed % 3]);
    }

    function orderCount() external view returns (uint256) {
        return _orders.length;
    }

    function orderAt(uint256 index) external view returns (Kept memory) {
        return _orders[index];
    }

    /// @dev Few nonces, so that orders exclude each other; prices overlap, so that many pairs match.
    function signAsk(uint256 work, uint256 price, uint256 nonce, bool bound_, uint16 life) public {
        uint256 tokenId = _works[work % WORKS];
        uint256 seller = _ownerIndex(tokenId);
        Order memory order = _order(0, seller, price, nonce, 1, life);
        (order.criteriaKind, order.criteria) = (1, bytes32(tokenId));
        if (bound_) order.tokenEpoch = token.transferCount(tokenId);
        _keep(order, seller);
    }

    function signBid(uint256 buyer, uint256 price, uint256 nonce, uint256 maxFills, uint16 life) public {
        _keep(_order(1, buyer % 3, price, nonce, 1 + maxFills % 3, life), buyer % 3);
    }

    /// @dev An ask and a bid for the same work, matched at once; later calls try them again.
    function signAndMatch(uint256 work, uint256 buyer, uint256 price, uint256 nonce) external {
        price = bound(price, 1_000, 1_900);
        signAsk(work, price, nonce, price % 2 == 0, type(uint16).max);
        signBid(buyer, price + work % 50, nonce >> 8, buyer, type(uint16).max);
        matchOrders(_orders.length - 2, _orders.length - 1, price);
    }

    function matchOrders(uint256 askSeed, uint256 bidSeed, uint256 price) public {
        (bool found, uint256 ask, uint256 bid) = _pair(askSeed, bidSeed);
        if (!found) return;
        Match[] memory batch = new Match[](1);
        batch[0] = _match(ask, bid, price);
        bool expected = _fills(ask, batch[0].tokenId) && _fills(bid, batch[0].tokenId)
            && batch[0].price >= _orders[ask].order.pricePerUnit && batch[0].price <= _orders[bid].order.pricePerUnit
            && _orders[ask].order.maker != _orders[bid].order.maker
            && !(_orders[ask].order.maker != token.ownerOf(batch[0].tokenId));
        uint256[5] memory before = _money(_orders[ask].order.maker, _orders[bid].order.maker);
        vm.recordLogs();
        vm.prank(OPERATOR);
        bool settled = exchange.matchOrders(batch)[0];
        vm.assertEq(settled, expected, "E2, E3: the model and the exchange disagree");
        if (!settled) return;
        _countTrade(vm.getRecordedLogs());
        _countFill(ask);
        _countFill(bid);
        _assertSplit(before, _orders[ask].order.maker, _orders[bid].order.maker, batch[0].price);
    }

    function fillAsk(uint256 askSeed, uint256 buyer) external {
        if (_orders.length == 0) return;
        uint256 ask = askSeed % _orders.length;
        if (_orders[ask].order.side != 0) return;
        Kept memory kept = _orders[ask];
        uint256 tokenId = uint256(kept.order.criteria);
        address taker = account(buyer);
        bool expected = _fills(ask, tokenId) && kept.order.maker != taker && token.ownerOf(tokenId) == kept.order.maker;
        uint256[5] memory before = _money(kept.order.maker, taker);
        vm.recordLogs();
        vm.prank(taker);
        try exchange.fillAsk(kept.order, kept.signature, tokenId, new bytes32[](0)) {
            vm.assertTrue(expected, "E2, E3: filled against the model");
            _countTrade(vm.getRecordedLogs());
            _countFill(ask);
            _assertSplit(before, kept.order.maker, taker, kept.order.pricePerUnit);
        } catch {
            vm.assertFalse(expected, "a sound order was refused");
        }
    }

    function cancelNonce(uint256 seed, uint256 nonce) external {
        if (seed % 3 != 0) return;
        vm.prank(account(seed));
        exchange.cancelNonces(0, 1 << (nonce % NONCES));
        for (uint256 i = 0; i < _orders.length; ++i) {
            Order storage order = _orders[i].order;
            if (order.maker == account(seed) && order.nonce == nonce % NONCES) _orders[i].cancelled = true;
        }
        _nonceFilled[account(seed)][nonce % NONCES] = true;
    }

    function cancelAll(uint256 seed) external {
        if (seed % 5 != 0) return;
        vm.roll(block.number + 1);
        vm.prank(account(seed));
        exchange.cancelAll();
        for (uint256 i = 0; i < _orders.length; ++i) {
            if (_orders[i].order.maker == account(seed)) _orders[i].cancelled = true;
        }
    }

    function transfer(uint256 work, uint256 to) external {
        uint256 tokenId = _works[work % WORKS];
        address owner = token.ownerOf(tokenId);
        vm.prank(owner);
        token.transferFrom(owner, account(to), tokenId);
    }

    function wait_(uint16 time) external {
        vm.warp(block.timestamp + time % 100);
    }

    function withdrawFees() external {
        if (exchange.credits(address(0xFEE5), address(usd)) == 0) return;
        withdrawn += exchange.withdrawFor(address(0xFEE5), address(usd));
    }

    function _fills(uint256 index, uint256 tokenId) private view returns (bool) {
        Kept storage kept = _orders[index];
        Order storage order = kept.order;
        return !kept.cancelled && !_nonceFilled[order.maker][order.nonce] && kept.fills < order.maxFills
            && block.timestamp <= order.end
            && (order.tokenEpoch == 0 || order.tokenEpoch == token.transferCount(tokenId));
    }

    function _match(uint256 ask, uint256 bid, uint256 price) private view returns (Match memory item) {
        item.ask = _orders[ask].order;
        item.bid = _orders[bid].order;
        item.askSignature = _orders[ask].signature;
        item.bidSignature = _orders[bid].signature;
        item.tokenId = uint256(item.ask.criteria);
        item.price = bound(price, 900, 2_100);
        if (price % 3 != 0) item.price = item.ask.pricePerUnit;
    }

    function _pair(uint256 askSeed, uint256 bidSeed) private view returns (bool, uint256 ask, uint256 bid) {
        uint256 count = _orders.length;
        if (count == 0) return (false, 0, 0);
        (ask, bid) = (askSeed % count, bidSeed % count);
        for (uint256 i = 0; i < count && _orders[ask].order.side != 0; ++i) {
            ask = (ask + 1) % count;
        }
        for (uint256 i = 0; i < count && _orders[bid].order.side != 1; ++i) {
            bid = (bid + 1) % count;
        }
        return (_orders[ask].order.side == 0 && _orders[bid].order.side == 1, ask, bid);
    }

    function _countFill(uint256 index) private {
        Kept storage kept = _orders[index];
        ++kept.fills;
        ++fillsOfOrders;
        if (kept.order.maxFills == 1) _nonceFilled[kept.order.maker][kept.order.nonce] = true;
    }

    function _countTrade(Vm.Log[] memory logs) private {
        uint256 found = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter == address(exchange) && logs[i].topics[0] == Exchange.Trade.selector) ++found;
        }
        vm.assertEq(found, 1, "E17: one event for each trade");
        ++trades;
    }

    /// @dev E4, E5, E6 on every trade: who paid, who received, and that nothing is left over.
    function _assertSplit(uint256[5] memory before, address seller, address buyer, uint256 price) private {
        uint256[5] memory later = _money(seller, buyer);
        (uint256 fee, uint256 royalty) = (price / 100, price * 750 / 10_000);
        vm.assertEq(before[1] - later[1], price, "buyer");
        vm.assertEq(later[0] - before[0], price - fee - royalty, "seller");
        vm.assertEq(later[2] - before[2], royalty, "royalty");
        vm.assertEq(later[3] - before[3], fee, "exchange holds the fee");
        vm.assertEq(later[4] - before[4], fee, "fee is credited");
        royalties += royalty;
        fees += fee;
    }

    function _money(address seller, address buyer) private view returns (uint256[5] memory) {
        return [
            usd.balanceOf(seller),
            usd.balanceOf(buyer),
            usd.balanceOf(address(0x2981)),
            usd.balanceOf(address(exchange)),
            exchange.credits(address(0xFEE5), address(usd))
        ];
    }

    function _keep(Order memory order, uint256 maker) private {
        bytes32 hash = exchange.hashOrder(order);
        for (uint256 i = 0; i < _orders.length; ++i) {
            if (_orders[i].hash == hash) return;
        }
        Kept storage kept = _orders.push();
        (kept.order, kept.hash, kept.signature) = (order, hash, signature(_keys[maker], hash));
    }

    function _order(uint8 side, uint256 maker, uint256 price, uint256 nonce, uint256 maxFills, uint16 life)
        private
        view
        returns (Order memory)
    {
        return Order({
            side: side,
            maker: account(maker),
            taker: address(0),
            collection: address(token),
            criteriaKind: 0,
            criteria: 0,
            currency: address(usd),
            pricePerUnit: bound(price, 1_000, 2_000),
            maxFills: uint32(maxFills),
            maxRoyaltyBps: 1_000,
            maxFeeBps: 100,
            tokenEpoch: 0,
            start: uint48(NOW),
            end: uint48(block.timestamp + life % 2_000),
            nonce: nonce % NONCES,
            counter: exchange.counterOf(account(maker)),
            salt: _orders.length,
            validation: 0
        });
    }

    function _ownerIndex(uint256 tokenId) private view returns (uint256 index) {
        address owner = token.ownerOf(tokenId);
        while (account(index) != owner) ++index;
    }

    function _mint(uint256 index) private returns (uint256) {
        MintVoucher memory voucher = MintVoucher({
            creator: account(0),
            to: account(index),
            contentHash: bytes32(index + 1),
            uriHash: 0,
            royaltyBps: 750,
            royaltyReceiver: address(0x2981),
            price: 0,
            currency: address(0),
            validAfter: 0,
            validUntil: type(uint48).max,
            nonce: 0,
            counter: 0
        });
        return token.mint(voucher, signature(_keys[0], token.hashVoucher(voucher)));
    }
}
