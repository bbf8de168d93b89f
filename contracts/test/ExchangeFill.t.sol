// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Exchange} from "../src/market/Exchange.sol";
import {Order} from "../src/market/Order.sol";
import {OrderTerms} from "../src/market/OrderTerms.sol";
import {ContractWallet} from "./actors/ContractWallet.sol";
import {HostileSigner} from "./actors/HostileSigner.sol";
import {RefusingReceiver} from "./actors/RefusingReceiver.sol";
import {ExchangeFixture} from "./base/ExchangeFixture.sol";
import {MerkleTree} from "./base/MerkleTree.sol";

contract ExchangeFillTest is ExchangeFixture {
    function test_fillAskMovesTokenAndMoneyAndTellsTheTrade() public {
        Order memory ask = anAsk();
        (uint256 fee, uint256 royalty) = (PRICE / 100, PRICE * 5 / 100);
        bytes memory sig = signed(SELLER_KEY, ask);
        bytes32 askHash = exchange.hashOrder(ask);
        vm.expectEmit(address(exchange));
        emit Exchange.Trade(
            askHash, 0, work, address(token), seller, buyer, address(usd), PRICE, fee, royalty, ROYALTIES
        );
        vm.prank(buyer);
        exchange.fillAsk(ask, sig, work, noProof);
        vm.assertEq(token.ownerOf(work), buyer, "owner");
        vm.assertEq(usd.balanceOf(seller), PRICE - fee - royalty, "seller");
        vm.assertEq(usd.balanceOf(ROYALTIES), royalty, "royalty");
        vm.assertEq(exchange.credits(FEES, address(usd)), fee, "fee");
        vm.assertEq(exchange.filled(askHash), 0, "single fills use the nonce");
        vm.assertTrue(exchange.nonceUsed(seller, ask.nonce), "nonce");
    }

    function test_fillBidMovesTokenAndMoneyAndTellsTheTrade() public {
        Order memory bid = aBid();
        (uint256 fee, uint256 royalty) = (PRICE / 100, PRICE * 5 / 100);
        bytes memory sig = signed(BUYER_KEY, bid);
        bytes32 bidHash = exchange.hashOrder(bid);
        vm.expectEmit(address(exchange));
        emit Exchange.Trade(
            0, bidHash, work, address(token), seller, buyer, address(usd), PRICE, fee, royalty, ROYALTIES
        );
        vm.prank(seller);
        exchange.fillBid(bid, sig, work, noProof);
        vm.assertEq(token.ownerOf(work), buyer, "owner");
        vm.assertEq(usd.balanceOf(seller), PRICE - fee - royalty, "seller");
    }

    function test_E2_orderFillsOnlyInsideItsWindow() public {
        Order memory ask = anAsk();
        vm.warp(ask.start - 1);
        expectBuyRevert(ask, abi.encodeWithSelector(OrderTerms.ExchangeOrderNotStarted.selector, ask.start));
        vm.warp(uint256(ask.end) + 1);
        expectBuyRevert(ask, abi.encodeWithSelector(OrderTerms.ExchangeOrderExpired.selector, ask.end));
        vm.warp(ask.end);
        buy(ask);
        ask.end = 0;
        expectBuyRevert(ask, abi.encodeWithSelector(OrderTerms.ExchangeOrderExpired.selector, uint48(0)));
    }

    function test_E3_refusesAnOrderOfTheOtherSide() public {
        Order memory bid = aBid();
        bytes memory sig = signed(BUYER_KEY, bid);
        vm.expectRevert(abi.encodeWithSelector(OrderTerms.ExchangeWrongSide.selector, 0, 1));
        vm.prank(seller);
        exchange.fillAsk(bid, sig, work, noProof);
        Order memory ask = anAsk();
        sig = signed(SELLER_KEY, ask);
        vm.expectRevert(abi.encodeWithSelector(OrderTerms.ExchangeWrongSide.selector, 1, 0));
        vm.prank(buyer);
        exchange.fillBid(ask, sig, work, noProof);
        ask.side = 2;
        expectBuyRevert(ask, abi.encodeWithSelector(OrderTerms.ExchangeWrongSide.selector, 0, 2));
    }

    function test_E3_refusesToTradeWithOneself() public {
        Order memory ask = anAsk();
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.expectRevert(abi.encodeWithSelector(Exchange.ExchangeSelfTrade.selector, seller));
        vm.prank(seller);
        exchange.fillAsk(ask, sig, work, noProof);
    }

    function test_E3_refusesATokenTheOrderDoesNotName() public {
        Order memory ask = anAsk();
        ask.criteria = bytes32(work + 1);
        expectBuyRevert(
            ask, abi.encodeWithSelector(OrderTerms.ExchangeTokenNotCovered.selector, work, bytes32(work + 1))
        );
    }

    function test_refusesMalformedCriteria() public {
        Order memory ask = anAsk();
        ask.criteriaKind = 0;
        ask.criteria = 0;
        expectBuyRevert(ask, abi.encodeWithSelector(OrderTerms.ExchangeCriteriaMalformed.selector, 0, 0, bytes32(0)));
        ask.criteriaKind = 3;
        expectBuyRevert(ask, abi.encodeWithSelector(OrderTerms.ExchangeCriteriaMalformed.selector, 0, 3, bytes32(0)));
        Order memory bid = aBid();
        bid.criteria = bytes32(uint256(1));
        bytes memory reason =
            abi.encodeWithSelector(OrderTerms.ExchangeCriteriaMalformed.selector, 1, 0, bytes32(uint256(1)));
        expectSellRevert(bid, work, noProof, reason);
    }

    function test_refusesReservedFieldsAndEmptyOrders() public {
        Order memory ask = anAsk();
        ask.validation = bytes32(uint256(9));
        expectBuyRevert(ask, abi.encodeWithSelector(OrderTerms.ExchangeValidationReserved.selector, ask.validation));
        ask.validation = 0;
        ask.maxFills = 0;
        expectBuyRevert(ask, abi.encodeWithSelector(OrderTerms.ExchangeNoFills.selector));
        Order memory bid = aBid();
        bid.currency = address(0);
        expectSellRevert(bid, work, noProof, abi.encodeWithSelector(OrderTerms.ExchangeNativeBid.selector));
    }

    function test_refusesACurrencyThatIsNotAllowed() public {
        Order memory ask = anAsk();
        ask.currency = address(token);
        expectBuyRevert(ask, abi.encodeWithSelector(Exchange.ExchangeCurrencyNotAllowed.selector, address(token)));
    }

    function test_E7_nothingMovesWithoutTheOwnersSignature() public {
        Order memory ask = anAsk();
        bytes32 hash = exchange.hashOrder(ask);
        bytes memory reason = abi.encodeWithSelector(Exchange.ExchangeBadSignature.selector, seller, hash);
        bytes memory forged = signed(BUYER_KEY, ask);
        vm.expectRevert(reason);
        vm.prank(buyer);
        exchange.fillAsk(ask, forged, work, noProof);
        vm.expectRevert(reason);
        vm.prank(buyer);
        exchange.fillAsk(ask, "", work, noProof);
    }

    function test_E7_signerWhoIsNotTheOwnerSellsNothing() public {
        uint256 others = mintWork(address(0xA11CE), "not the seller's");
        vm.prank(address(0xA11CE));
        token.setApprovalForAll(address(exchange), true);
        Order memory ask = anAsk();
        ask.criteria = bytes32(others);
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.expectRevert(
            abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, seller, others, address(0xA11CE))
        );
        vm.prank(buyer);
        exchange.fillAsk(ask, sig, others, noProof);
    }

    function testFuzz_E8_privateOrderIsForItsTakerOnly(address stranger) public {
        vm.assume(stranger != buyer && stranger != seller);
        Order memory ask = anAsk();
        ask.taker = buyer;
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.expectRevert(abi.encodeWithSelector(OrderTerms.ExchangeTakerMismatch.selector, buyer, stranger));
        vm.prank(stranger);
        exchange.fillAsk(ask, sig, work, noProof);
        buy(ask);
    }

    function testFuzz_E9_onlyListedTokensProveThemselves(uint256[4] memory ids, uint256 index, uint256 other) public {
        index = bound(index, 0, 3);
        ids[index] = work;
        Order memory bid = aBid();
        (bid.criteriaKind, bid.criteria) = (2, MerkleTree.root(ids));
        bytes32[] memory proof = MerkleTree.proof(ids, index);
        vm.assume(other != work);
        bytes memory reason = abi.encodeWithSelector(OrderTerms.ExchangeTokenNotCovered.selector, other, bid.criteria);
        expectSellRevert(bid, other, proof, reason);
        sell(bid, work, proof);
        vm.assertEq(token.ownerOf(work), buyer, "owner");
    }

    function testFuzz_E9_nodeOfTheTreeIsNotAToken(uint256[4] memory ids) public {
        Order memory bid = aBid();
        (bid.criteriaKind, bid.criteria) = (2, MerkleTree.root(ids));
        bytes32 left = MerkleTree.node(MerkleTree.leaf(ids[0]), MerkleTree.leaf(ids[1]));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = MerkleTree.node(MerkleTree.leaf(ids[2]), MerkleTree.leaf(ids[3]));
        bytes4 uncovered = OrderTerms.ExchangeTokenNotCovered.selector;
        expectSellRevert(bid, uint256(left), proof, abi.encodeWithSelector(uncovered, uint256(left), bid.criteria));
        bytes32 root = bid.criteria;
        expectSellRevert(bid, uint256(root), noProof, abi.encodeWithSelector(uncovered, uint256(root), root));
    }

    function testFuzz_E10_orderChangedInAnyFieldNeverValidates(uint256 field, uint256 change) public {
        Order memory ask = anAsk();
        bytes memory sig = signed(SELLER_KEY, ask);
        ask = _changed(ask, field % 14, change);
        vm.expectRevert(
            abi.encodeWithSelector(Exchange.ExchangeBadSignature.selector, ask.maker, exchange.hashOrder(ask))
        );
        vm.prank(buyer);
        exchange.fillAsk(ask, sig, uint256(ask.criteria), noProof);
    }

    function test_E10_orderOfAnotherChainOrExchangeNeverValidates() public {
        Order memory ask = anAsk();
        bytes memory sig = signed(SELLER_KEY, ask);
        address[] memory currencies = new address[](1);
        currencies[0] = address(usd);
        Exchange other = deployExchange(address(token), FEES, FEE_BPS, OPERATOR, currencies);
        bytes32 hash = other.hashOrder(ask);
        vm.expectRevert(abi.encodeWithSelector(Exchange.ExchangeBadSignature.selector, seller, hash));
        vm.prank(buyer);
        other.fillAsk(ask, sig, work, noProof);
        vm.chainId(1);
        hash = exchange.hashOrder(ask);
        vm.expectRevert(abi.encodeWithSelector(Exchange.ExchangeBadSignature.selector, seller, hash));
        vm.prank(buyer);
        exchange.fillAsk(ask, sig, work, noProof);
    }

    function test_contractWalletAndDelegatedKeyTradeAlike() public {
        ContractWallet wallet = new ContractWallet(seller);
        uint256 tokenId = mintWork(address(wallet), "a wallet's");
        wallet.call(address(token), abi.encodeCall(token.setApprovalForAll, (address(exchange), true)));
        Order memory ask = anAsk();
        (ask.maker, ask.criteria) = (address(wallet), bytes32(tokenId));
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.prank(buyer);
        exchange.fillAsk(ask, sig, tokenId, noProof);
        vm.assertEq(token.ownerOf(tokenId), buyer, "wallet sold");

        vm.etch(seller, abi.encodePacked(hex"ef0100", address(new RefusingReceiver())));
        buy(anAsk());
        vm.assertEq(token.ownerOf(work), buyer, "delegated key sold");
    }

    function test_E2_walletThatWithdrawsItsApprovalStopsItsOrder() public {
        ContractWallet wallet = new ContractWallet(seller);
        Order memory ask = anAsk();
        (ask.maker, ask.maxFills) = (address(wallet), 2);
        bytes memory sig = signed(SELLER_KEY, ask);
        vm.etch(address(wallet), address(new HostileSigner(HostileSigner.Mode.Revert)).code);
        vm.expectPartialRevert(Exchange.ExchangeBadSignature.selector);
        vm.prank(buyer);
        exchange.fillAsk(ask, sig, work, noProof);
    }

    function _changed(Order memory o, uint256 field, uint256 change) private pure returns (Order memory) {
        uint256 delta = bound(change, 1, type(uint16).max);
        if (field == 0) o.maker = address(uint160(o.maker) ^ uint160(delta));
        if (field == 1) o.taker = vm.addr(BUYER_KEY);
        if (field == 2) o.collection = address(uint160(o.collection) ^ uint160(delta));
        if (field == 3) o.criteria ^= bytes32(delta);
        if (field == 4) (o.currency, o.pricePerUnit) = (address(0), 0);
        if (field == 5) o.pricePerUnit ^= delta;
        if (field == 6) o.maxFills += uint32(delta);
        if (field == 7) o.maxRoyaltyBps ^= uint16(delta);
        if (field == 8) o.maxFeeBps ^= uint16(delta);
        if (field == 9) o.start -= uint48(delta);
        if (field == 10) o.end += uint48(delta);
        if (field == 11) o.nonce ^= delta;
        if (field == 12) o.counter ^= delta;
        if (field == 13) o.salt ^= delta;
        return o;
    }
}
