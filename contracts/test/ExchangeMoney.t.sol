// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Exchange} from "../src/market/Exchange.sol";
import {Order} from "../src/market/Order.sol";
import {RoyaltyLookup} from "../src/market/RoyaltyLookup.sol";
import {Credits} from "../src/payment/Credits.sol";
import {ForeignCollection} from "./actors/ForeignCollection.sol";
import {GasShyReceiver} from "./actors/GasShyReceiver.sol";
import {HostileToken} from "./actors/HostileToken.sol";
import {RefusingReceiver} from "./actors/RefusingReceiver.sol";
import {ExchangeFixture} from "./base/ExchangeFixture.sol";

contract ExchangeMoneyTest is ExchangeFixture {
    ForeignCollection private foreign;

    function setUp() public override {
        super.setUp();
        foreign = new ForeignCollection();
        foreign.mint(seller, work);
        vm.prank(seller);
        foreign.setApprovalForAll(address(exchange), true);
    }

    function testFuzz_E4_priceIsSplitExactly(uint96 price, bool native) public {
        Order memory ask = anAsk();
        ask.pricePerUnit = price;
        if (native) ask.currency = address(0);
        vm.deal(buyer, price);
        usd.mint(buyer, price);
        uint256[5] memory before = _holdings(ask.currency);
        buy(ask);
        uint256[5] memory later = _holdings(ask.currency);
        (uint256 fee, uint256 royalty) = (uint256(price) / 100, uint256(price) * 500 / 10_000);
        vm.assertEq(before[0] - later[0], price, "buyer pays the price");
        vm.assertEq(later[1] - before[1], price - fee - royalty, "seller");
        vm.assertEq(later[2] - before[2], royalty, "royalty");
        vm.assertEq(later[3] - before[3], fee, "held for the fee recipient");
        vm.assertEq(later[4] - before[4], fee, "credited to the fee recipient");
    }

    function testFuzz_E5_feeStaysUnderTheSellersCap(uint16 cap) public {
        Order memory ask = anAsk();
        ask.maxFeeBps = cap;
        if (cap < FEE_BPS) {
            expectBuyRevert(ask, abi.encodeWithSelector(Exchange.ExchangeFeeAboveCap.selector, FEE_BPS, cap));
        } else {
            buy(ask);
            vm.assertEq(exchange.credits(FEES, address(usd)), PRICE * FEE_BPS / 10_000, "fee");
        }
    }

    function testFuzz_E6_strictRoyaltyIsPaidWholeOrNothingTrades(uint16 cap) public {
        Order memory ask = anAsk();
        ask.maxRoyaltyBps = cap;
        (, uint256 royalty) = token.royaltyInfo(work, PRICE);
        uint256 allowed = PRICE * (cap < 1_000 ? cap : 1_000) / 10_000;
        if (royalty > allowed) {
            expectBuyRevert(
                ask, abi.encodeWithSelector(RoyaltyLookup.ExchangeRoyaltyAboveCap.selector, royalty, allowed)
            );
        } else {
            buy(ask);
            vm.assertEq(usd.balanceOf(ROYALTIES), royalty, "royalty");
        }
    }

    function test_E6_strictCollectionThatCannotAnswerDoesNotTrade() public {
        address[] memory currencies = new address[](1);
        currencies[0] = address(usd);
        foreign.setRoyalty(ForeignCollection.Royalty.Revert, address(0), 0);
        exchange = deployExchange(address(foreign), FEES, FEE_BPS, OPERATOR, currencies);
        Order memory ask = _foreignAsk();
        bytes memory unknown =
            abi.encodeWithSelector(RoyaltyLookup.ExchangeRoyaltyUnknown.selector, address(foreign), work);
        expectBuyRevert(ask, unknown);
        foreign.setRoyalty(ForeignCollection.Royalty.NoReceiver, address(0), 100);
        expectBuyRevert(ask, unknown);
    }

    function testFuzz_E5_foreignRoyaltyIsPaidUpToTheCap(uint16 bps, uint16 cap) public {
        foreign.setRoyalty(ForeignCollection.Royalty.Honest, ROYALTIES, bps);
        Order memory ask = _foreignAsk();
        ask.maxRoyaltyBps = cap;
        buy(ask);
        uint256 asked = PRICE * bps / 10_000;
        uint256 allowed = PRICE * (cap < 1_000 ? cap : 1_000) / 10_000;
        vm.assertEq(usd.balanceOf(ROYALTIES), asked < allowed ? asked : allowed, "royalty");
        vm.assertEq(foreign.ownerOf(work), buyer, "owner");
    }

    function test_E12_foreignRoyaltyThatDoesHarmIsPaidNothing() public {
        ForeignCollection.Royalty[6] memory modes = [
            ForeignCollection.Royalty.None,
            ForeignCollection.Royalty.Revert,
            ForeignCollection.Royalty.BurnGas,
            ForeignCollection.Royalty.ShortAnswer,
            ForeignCollection.Royalty.DirtyReceiver,
            ForeignCollection.Royalty.NoReceiver
        ];
        for (uint256 i = 0; i < modes.length; ++i) {
            uint256 id = vm.snapshotState();
            foreign.setRoyalty(modes[i], ROYALTIES, 500);
            Order memory ask = _foreignAsk();
            bytes memory sig = signed(SELLER_KEY, ask);
            vm.prank(buyer);
            exchange.fillAsk{gas: 500_000}(ask, sig, work, noProof);
            vm.assertEq(usd.balanceOf(ROYALTIES), 0, "royalty");
            vm.assertEq(usd.balanceOf(seller), PRICE - PRICE / 100, "seller");
            vm.revertToState(id);
        }
    }

    function test_E12_longRoyaltyAnswerCostsOnlyItsCollection() public {
        foreign.setRoyalty(ForeignCollection.Royalty.ReturnBomb, ROYALTIES, 500);
        Order memory ask = _foreignAsk();
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.prank(buyer);
        exchange.fillAsk{gas: 400_000}(ask, sig, work, noProof);
        vm.assertEq(usd.balanceOf(ROYALTIES), PRICE * 500 / 10_000, "royalty");
    }

    /// @dev The collection answers "no royalty" when it is short of gas, so too little gas would be a way around royalties.
    function testFuzz_E6_callerCannotStarveTheRoyaltyLookup(uint256 gas) public {
        _sellAnotherForeignToken();
        foreign.setRoyalty(ForeignCollection.Royalty.ShyOfGas, ROYALTIES, 500);
        Order memory ask = _foreignAsk();
        uint256 before = usd.balanceOf(ROYALTIES);
        bytes memory call = abi.encodeCall(Exchange.fillAsk, (ask, signed(SELLER_KEY, ask), work, noProof));
        vm.prank(buyer);
        (bool success,) = address(exchange).call{gas: bound(gas, 100_000, 400_000)}(call);
        uint256 paid = usd.balanceOf(ROYALTIES) - before;
        vm.assertEq(paid, success ? PRICE * 500 / 10_000 : 0, "whole royalty or no sale");
        vm.assertEq(foreign.ownerOf(work), success ? buyer : seller, "owner");
    }

    /// @dev The seller refuses money that comes with little gas, so too little gas would be a way to make it wait.
    function testFuzz_callerCannotStarveThePushToTheSeller(uint256 gas) public {
        vm.etch(seller, address(new GasShyReceiver()).code);
        Order memory ask = anAsk();
        ask.currency = address(0);
        bytes memory call = abi.encodeCall(Exchange.fillAsk, (ask, signed(SELLER_KEY, ask), work, noProof));
        vm.prank(buyer);
        (bool success,) = address(exchange).call{gas: bound(gas, 100_000, 300_000), value: PRICE}(call);
        vm.assertEq(exchange.credits(seller, address(0)), 0, "seller is pushed, never credited by force");
        vm.assertEq(seller.balance != 0, success, "paid with the sale");
    }

    function testFuzz_E16_nativeValueIsExactlyThePrice(uint96 price, uint96 value) public {
        Order memory ask = anAsk();
        (ask.currency, ask.pricePerUnit) = (address(0), price);
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.deal(buyer, value);
        if (value != price) {
            vm.expectRevert(abi.encodeWithSelector(Exchange.ExchangeWrongValue.selector, price, value));
        }
        vm.prank(buyer);
        exchange.fillAsk{value: value}(ask, sig, work, noProof);
        if (value == price) {
            vm.assertEq(address(exchange).balance, exchange.credits(FEES, address(0)), "only the fee stays");
        }
    }

    function test_E16_tokenSaleTakesNoValue() public {
        Order memory ask = anAsk();
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.expectRevert(abi.encodeWithSelector(Exchange.ExchangeWrongValue.selector, 0, 1));
        vm.prank(buyer);
        exchange.fillAsk{value: 1}(ask, sig, work, noProof);
    }

    function test_sellerWhoRefusesMoneyIsCreditedAndCanCollectLater() public {
        vm.etch(seller, address(new RefusingReceiver()).code);
        Order memory ask = anAsk();
        ask.currency = address(0);
        uint256 proceeds = PRICE - PRICE / 100 - PRICE * 5 / 100;
        vm.expectEmit(address(exchange));
        emit Exchange.Credited(seller, address(0), proceeds);
        buy(ask);
        vm.assertEq(exchange.credits(seller, address(0)), proceeds, "credit");
        RefusingReceiver(payable(seller)).open();
        exchange.withdrawFor(seller, address(0));
        vm.assertEq(seller.balance, proceeds, "paid");
    }

    function test_E12_blacklistedRoyaltyReceiverIsCreditedSoTheWorkStillSells() public {
        HostileToken currency = _hostileCurrency();
        currency.blacklist(ROYALTIES);
        Order memory ask = anAsk();
        ask.currency = address(currency);
        buy(ask);
        uint256 royalty = PRICE * 5 / 100;
        vm.assertEq(exchange.credits(ROYALTIES, address(currency)), royalty, "credit");
        vm.assertEq(currency.balanceOf(address(exchange)), royalty + PRICE / 100, "held");
        vm.assertEq(currency.balanceOf(seller), PRICE - royalty - PRICE / 100, "seller");
    }

    function test_E12_collectionThatCallsBackCannotReenter() public {
        Order memory ask = _foreignAsk();
        bytes memory sig = signed(SELLER_KEY, ask);
        bytes[3] memory attacks = [
            abi.encodeCall(Exchange.fillAsk, (ask, sig, work, noProof)),
            abi.encodeCall(Credits.withdrawFor, (FEES, address(usd))),
            abi.encodeCall(Exchange.fillBid, (aBid(), sig, work, noProof))
        ];
        bytes memory guard = abi.encodePacked(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        for (uint256 i = 0; i < attacks.length; ++i) {
            uint256 id = vm.snapshotState();
            foreign.setCallback(address(exchange), attacks[i]);
            buy(ask);
            vm.assertFalse(foreign.callbackSucceeded(), "reentered");
            vm.assertEq(foreign.callbackResult(), guard, "guard");
            vm.revertToState(id);
        }
    }

    function test_freeTokenMovesWithoutMoney() public {
        Order memory ask = anAsk();
        ask.pricePerUnit = 0;
        buy(ask);
        vm.assertEq(token.ownerOf(work), buyer, "owner");
        vm.assertEq(exchange.credits(FEES, address(usd)), 0, "fee");
    }

    function test_refusesMoneyThatIsNobodys() public {
        (bool success,) = address(exchange).call{value: 1}("");
        vm.assertFalse(success, "plain payment");
    }

    /// @dev Leaves every account with money and tokens: what follows needs as little gas as it ever does.
    function _sellAnotherForeignToken() private {
        foreign.setRoyalty(ForeignCollection.Royalty.Honest, ROYALTIES, 500);
        foreign.mint(seller, 1);
        foreign.mint(seller, 2);
        Order memory ask = _foreignAsk();
        (ask.criteria, ask.nonce) = (bytes32(uint256(1)), 12);
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.prank(buyer);
        exchange.fillAsk(ask, sig, 1, noProof);
    }

    function _foreignAsk() private view returns (Order memory ask) {
        ask = anAsk();
        ask.collection = address(foreign);
    }

    function _hostileCurrency() private returns (HostileToken currency) {
        currency = new HostileToken();
        currency.mint(buyer, PRICE);
        vm.prank(buyer);
        currency.approve(address(exchange), PRICE);
        exchange.setCurrency(address(currency), true);
    }

    function _holdings(address currency) private view returns (uint256[5] memory) {
        return [
            _balance(currency, buyer),
            _balance(currency, seller),
            _balance(currency, ROYALTIES),
            _balance(currency, address(exchange)),
            exchange.credits(FEES, currency)
        ];
    }

    function _balance(address currency, address account) private view returns (uint256) {
        return currency == address(0) ? account.balance : usd.balanceOf(account);
    }
}
