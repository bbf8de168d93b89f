// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {Exchange} from "../src/market/Exchange.sol";
import {ExchangeAdmin} from "../src/market/ExchangeAdmin.sol";
import {Match, Order} from "../src/market/Order.sol";
import {OrderTerms} from "../src/market/OrderTerms.sol";
import {RoyaltyLookup} from "../src/market/RoyaltyLookup.sol";
import {ForeignCollection} from "./actors/ForeignCollection.sol";
import {HostileSigner} from "./actors/HostileSigner.sol";
import {ExchangeFixture} from "./base/ExchangeFixture.sol";
import {Vm} from "./base/Vm.sol";

contract ExchangeMatchTest is ExchangeFixture {
    function testFuzz_E3_settlesAtAnyPriceBetweenAskAndBid(uint96 ask, uint96 bid, uint96 price) public {
        Match memory item = _priced(ask, bid, price);
        usd.mint(buyer, price);
        if (price < ask || price > bid) {
            expectMatchFailure(item, abi.encodeWithSelector(Exchange.ExchangePriceOutside.selector, price, ask, bid));
            vm.assertEq(token.ownerOf(work), seller, "owner");
        } else {
            uint256 before = usd.balanceOf(buyer);
            vm.assertTrue(settle(item), "settled");
            vm.assertEq(token.ownerOf(work), buyer, "owner");
            vm.assertEq(before - usd.balanceOf(buyer), price, "price");
        }
    }

    function test_tellsTheTradeWithBothHashes() public {
        Match memory item = aMatch(anAsk(), aBid());
        (uint256 fee, uint256 royalty) = (PRICE / 100, PRICE * 5 / 100);
        bytes32 askHash = exchange.hashOrder(item.ask);
        bytes32 bidHash = exchange.hashOrder(item.bid);
        vm.expectEmit(address(exchange));
        emit Exchange.Trade(
            askHash, bidHash, work, address(token), seller, buyer, address(usd), PRICE, fee, royalty, ROYALTIES
        );
        vm.assertTrue(settle(item), "settled");
        vm.assertTrue(exchange.nonceUsed(seller, item.ask.nonce), "ask nonce");
        vm.assertTrue(exchange.nonceUsed(buyer, item.bid.nonce), "bid nonce");
    }

    function testFuzz_onlyOperatorsMatch(address caller) public {
        vm.assume(caller != OPERATOR);
        vm.expectRevert(abi.encodeWithSelector(ExchangeAdmin.ExchangeNotOperator.selector, caller));
        vm.prank(caller);
        exchange.matchOrders(new Match[](0));
    }

    function test_onlyTheExchangeSettlesAMatch() public {
        Match memory item = aMatch(anAsk(), aBid());
        vm.expectRevert(abi.encodeWithSelector(Exchange.ExchangeOnlySelf.selector, OPERATOR));
        vm.prank(OPERATOR);
        exchange.settleMatch(item);
    }

    function test_E3_ordersMustMeetOverCollectionAndCurrency() public {
        Order memory bid = aBid();
        bid.currency = address(token);
        bytes4 differ = Exchange.ExchangeOrdersDiffer.selector;
        expectMatchFailure(
            aMatch(anAsk(), bid),
            abi.encodeWithSelector(differ, address(token), address(token), address(usd), address(token))
        );
        bid = aBid();
        bid.collection = address(usd);
        expectMatchFailure(
            aMatch(anAsk(), bid),
            abi.encodeWithSelector(differ, address(token), address(usd), address(usd), address(usd))
        );
    }

    function test_E3_sidesMustDiffer() public {
        Match memory item = aMatch(anAsk(), aBid());
        item.bid = item.ask;
        expectMatchFailure(item, abi.encodeWithSelector(Exchange.ExchangeSelfTrade.selector, seller));
        item = aMatch(anAsk(), aBid());
        item.ask = item.bid;
        expectMatchFailure(item, abi.encodeWithSelector(OrderTerms.ExchangeWrongSide.selector, 0, 1));
    }

    function test_E7_bothSignaturesAreRequired() public {
        Match memory item = aMatch(anAsk(), aBid());
        bytes4 bad = Exchange.ExchangeBadSignature.selector;
        item.bidSignature = item.askSignature;
        expectMatchFailure(item, abi.encodeWithSelector(bad, buyer, exchange.hashOrder(item.bid)));
        item = aMatch(anAsk(), aBid());
        item.askSignature = item.bidSignature;
        expectMatchFailure(item, abi.encodeWithSelector(bad, seller, exchange.hashOrder(item.ask)));
    }

    function test_E8_privateOrdersMatchOnlyEachOther() public {
        Order memory ask = anAsk();
        Order memory bid = aBid();
        bid.taker = address(0xA11CE);
        bytes4 mismatch = OrderTerms.ExchangeTakerMismatch.selector;
        expectMatchFailure(aMatch(ask, bid), abi.encodeWithSelector(mismatch, address(0xA11CE), seller));
        (ask.taker, bid.taker) = (address(0xA11CE), seller);
        expectMatchFailure(aMatch(ask, bid), abi.encodeWithSelector(mismatch, address(0xA11CE), buyer));
        ask.taker = buyer;
        vm.assertTrue(settle(aMatch(ask, bid)), "settled");
    }

    function test_E3_tokenMustSuitBothOrders() public {
        uint256 other = mintWork(seller, "other");
        Order memory bid = aBid();
        (bid.criteriaKind, bid.criteria) = (1, bytes32(other));
        bytes memory uncovered =
            abi.encodeWithSelector(OrderTerms.ExchangeTokenNotCovered.selector, work, bytes32(other));
        expectMatchFailure(aMatch(anAsk(), bid), uncovered);
    }

    function test_E11_failedItemLeavesNoTraceAndTheOthersSettle() public {
        Match[] memory batch = new Match[](3);
        for (uint256 i = 0; i < 3; ++i) {
            batch[i] = _nth(i);
        }
        batch[1].bid.maxFeeBps = 1;
        vm.prank(OPERATOR);
        bool[] memory settled = exchange.matchOrders(batch);
        vm.assertTrue(settled[0] && !settled[1] && settled[2], "second fails alone");
        vm.assertEq(token.ownerOf(batch[0].tokenId), buyer, "first");
        vm.assertEq(token.ownerOf(batch[1].tokenId), seller, "second");
        vm.assertEq(token.ownerOf(batch[2].tokenId), buyer, "third");
        vm.assertFalse(exchange.nonceUsed(seller, batch[1].ask.nonce), "failed ask keeps its nonce");
        vm.assertFalse(exchange.nonceUsed(buyer, batch[1].bid.nonce), "failed bid keeps its nonce");
    }

    function testFuzz_E11_batchEqualsItsSucceededItemsOneByOne(uint8 broken) public {
        Match[] memory batch = new Match[](4);
        for (uint256 i = 0; i < 4; ++i) {
            batch[i] = _nth(i);
            if (broken & (1 << i) != 0) batch[i].price += 1;
        }
        uint256 id = vm.snapshotState();
        vm.prank(OPERATOR);
        bool[] memory settled = exchange.matchOrders(batch);
        bytes32 together = _state(batch);
        vm.revertToState(id);
        for (uint256 i = 0; i < 4; ++i) {
            vm.assertEq(settled[i], broken & (1 << i) == 0, "outcome");
            if (settled[i]) vm.assertTrue(settle(batch[i]), "alone");
        }
        vm.assertEq(_state(batch), together, "state");
    }

    function test_E15_ordersThatShareANonceExcludeEachOtherInOneBatch() public {
        Match[] memory batch = new Match[](2);
        (batch[0], batch[1]) = (_nth(0), _nth(1));
        batch[1].ask.nonce = batch[0].ask.nonce;
        batch[1].askSignature = signed(SELLER_KEY, batch[1].ask);
        vm.prank(OPERATOR);
        bool[] memory settled = exchange.matchOrders(batch);
        vm.assertTrue(settled[0] && !settled[1], "one of two");
    }

    function test_E12_hostileSignersFailOnlyTheirOwnItem() public {
        uint256 modes = uint256(type(HostileSigner.Mode).max) + 1;
        Match[] memory batch = new Match[](modes + 1);
        for (uint256 i = 0; i < modes; ++i) {
            batch[i] = _nth(i);
            batch[i].bid.maker = address(new HostileSigner(HostileSigner.Mode(i)));
        }
        batch[modes] = _nth(modes);
        vm.prank(OPERATOR);
        bool[] memory settled = exchange.matchOrders{gas: 10_000_000}(batch);
        for (uint256 i = 0; i < modes; ++i) {
            vm.assertFalse(settled[i], "hostile");
        }
        vm.assertTrue(settled[modes], "honest");
    }

    function test_E12_hostileCollectionFailsOnlyItsOwnItem() public {
        ForeignCollection hostile = new ForeignCollection();
        hostile.mint(seller, work);
        vm.prank(seller);
        hostile.setApprovalForAll(address(exchange), true);
        address gasBurner = address(new HostileSigner(HostileSigner.Mode.BurnGas));
        hostile.setCallback(gasBurner, abi.encodeCall(HostileSigner.isValidSignature, (0, "")));
        Match[] memory batch = new Match[](2);
        (batch[0], batch[1]) = (_nth(0), _nth(1));
        (batch[0].ask.collection, batch[0].bid.collection) = (address(hostile), address(hostile));
        (batch[0].ask.criteria, batch[0].tokenId) = (bytes32(work), work);
        batch[0].askSignature = signed(SELLER_KEY, batch[0].ask);
        batch[0].bidSignature = signed(BUYER_KEY, batch[0].bid);
        vm.prank(OPERATOR);
        bool[] memory settled = exchange.matchOrders{gas: 4_000_000}(batch);
        vm.assertTrue(!settled[0] && settled[1], "only the hostile one fails");
    }

    function test_reasonOfAFailureIsBounded() public {
        ForeignCollection hostile = new ForeignCollection();
        hostile.mint(seller, work);
        hostile.refuseTransfers(100_000);
        Order memory ask = anAsk();
        Order memory bid = aBid();
        (ask.collection, bid.collection) = (address(hostile), address(hostile));
        vm.recordLogs();
        vm.assertFalse(settle(aMatch(ask, bid)), "settled");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        (, bytes memory reason) = abi.decode(logs[logs.length - 1].data, (uint256, bytes));
        vm.assertEq(reason.length, 256, "reason");
    }

    function testFuzz_E11_operatorsGasDecidesNoOutcome(uint256 gas) public {
        Match[] memory batch = new Match[](2);
        (batch[0], batch[1]) = (_nth(0), _nth(1));
        bytes memory call = abi.encodeCall(Exchange.matchOrders, (batch));
        vm.prank(OPERATOR);
        (bool success, bytes memory result) = address(exchange).call{gas: bound(gas, 100_000, 1_600_000)}(call);
        if (success) {
            bool[] memory settled = abi.decode(result, (bool[]));
            vm.assertTrue(settled[0] && settled[1], "a sound match never fails for want of gas");
        }
        vm.assertEq(token.ownerOf(batch[0].tokenId), success ? buyer : seller, "first");
        vm.assertEq(token.ownerOf(batch[1].tokenId), success ? buyer : seller, "second");
    }

    function test_tooLittleGasRevertsTheWholeBatch() public {
        Match[] memory batch = new Match[](1);
        batch[0] = _nth(0);
        vm.expectPartialRevert(RoyaltyLookup.ExchangeGasTooLow.selector);
        vm.prank(OPERATOR);
        exchange.matchOrders{gas: 900_000}(batch);
    }

    function test_pausedExchangeMatchesNothing() public {
        exchange.pause();
        vm.expectRevert(Pausable.EnforcedPause.selector);
        vm.prank(OPERATOR);
        exchange.matchOrders(new Match[](0));
    }

    function _priced(uint96 ask, uint96 bid, uint96 price) private view returns (Match memory item) {
        Order memory askOrder = anAsk();
        Order memory bidOrder = aBid();
        (askOrder.pricePerUnit, bidOrder.pricePerUnit) = (ask, bid);
        item = aMatch(askOrder, bidOrder);
        item.price = price;
    }

    /// @dev A match over a work of its own, with nonces of its own.
    function _nth(uint256 index) private returns (Match memory item) {
        uint256 tokenId = mintWork(seller, abi.encode("nth", index));
        Order memory ask = anAsk();
        Order memory bid = aBid();
        (ask.criteria, ask.nonce, bid.nonce) = (bytes32(tokenId), 1_000 + index, 2_000 + index);
        item = aMatch(ask, bid);
        item.tokenId = tokenId;
    }

    function _state(Match[] memory batch) private view returns (bytes32 state) {
        state = keccak256(
            abi.encode(
                usd.balanceOf(seller),
                usd.balanceOf(buyer),
                usd.balanceOf(ROYALTIES),
                usd.balanceOf(address(exchange)),
                exchange.credits(FEES, address(usd))
            )
        );
        for (uint256 i = 0; i < batch.length; ++i) {
            state = keccak256(
                abi.encode(
                    state,
                    token.ownerOf(batch[i].tokenId),
                    exchange.nonceUsed(seller, batch[i].ask.nonce),
                    exchange.nonceUsed(buyer, batch[i].bid.nonce)
                )
            );
        }
    }
}
