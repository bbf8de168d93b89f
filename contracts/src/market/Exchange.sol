// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {RevocableNonces} from "../authorization/RevocableNonces.sol";
import {SignerCheck} from "../authorization/SignerCheck.sol";
import {BoundedCall} from "../payment/BoundedCall.sol";
import {Credits} from "../payment/Credits.sol";
import {CountedERC721} from "../token/CountedERC721.sol";
import {ExchangeAdmin} from "./ExchangeAdmin.sol";
import {Match, Order, Orders} from "./Order.sol";
import {OrderTerms} from "./OrderTerms.sol";
import {RoyaltyLookup} from "./RoyaltyLookup.sol";

/// @notice Settles signed orders over ERC-721 tokens: token, price, fee and royalty move in one step or not at all.
/// @dev Orders live off chain. Nothing moves without an order its owner signed, or a call by the owner itself; the
/// price lies between ask and bid; the seller has signed caps on royalty and fee. Tokens of the strict collection never
/// trade without their royalty.
contract Exchange is ExchangeAdmin, EIP712, RevocableNonces, Credits {
    using Orders for Order;
    using OrderTerms for Order;
    using SafeERC20 for IERC20;

    struct Sale {
        bytes32 askHash;
        bytes32 bidHash;
        uint256 tokenId;
        address collection;
        address seller;
        address buyer;
        address currency;
        uint256 price;
        uint16 maxRoyaltyBps;
        uint16 maxFeeBps;
    }

    /// @notice The highest royalty paid, whatever a seller allows or a collection asks: 10 % of the price.
    uint16 public constant MAX_ROYALTY_BPS = 1_000;

    /// @notice Gas each match of a batch may use; a match that needs more fails alone.
    uint256 public constant MATCH_GAS = 1_000_000;

    uint256 private constant BPS = 10_000;
    uint256 private constant PUSH_GAS = 30_000;
    uint256 private constant MAX_REASON_SIZE = 256;

    address private immutable _strictCollection;

    mapping(bytes32 orderHash => uint256 fills) private _filled;

    /// @notice A token was sold. The side that signed no order has the hash 0. `price` is split exactly into `fee`,
    /// `royalty` and the seller's proceeds.
    event Trade(
        bytes32 indexed askHash,
        bytes32 indexed bidHash,
        uint256 indexed tokenId,
        address collection,
        address seller,
        address buyer,
        address currency,
        uint256 price,
        uint256 fee,
        uint256 royalty,
        address royaltyReceiver
    );

    /// @notice A payment of the `Trade` that follows in the transaction was refused and waits as a credit. Fees are
    /// always credited and told by `Trade` alone.
    event Credited(address indexed account, address indexed currency, uint256 amount);

    /// @notice A match of a batch did not settle and changed nothing; `reason` is the start of its revert data.
    event MatchFailed(bytes32 indexed askHash, bytes32 indexed bidHash, uint256 tokenId, bytes reason);

    /// @notice The maker cancelled its orders with nonces in `word` under `mask`.
    event NoncesCancelled(address indexed maker, uint256 word, uint256 mask);

    /// @notice The maker cancelled every order signed under an earlier counter.
    event CounterMoved(address indexed maker, uint256 counter);

    error ExchangeBadSignature(address maker, bytes32 orderHash);
    error ExchangeCounterMoved(address maker, uint256 expected, uint256 given);
    error ExchangeCurrencyNotAllowed(address currency);
    error ExchangeEpochUnsupported(address collection);
    error ExchangeFeeAboveCap(uint16 feeBps, uint16 cap);
    error ExchangeFullyFilled(bytes32 orderHash, uint32 maxFills);
    error ExchangeNonceUsed(address maker, uint256 nonce);
    error ExchangeOnlySelf(address caller);
    error ExchangeOrdersDiffer(address askCollection, address bidCollection, address askCurrency, address bidCurrency);
    error ExchangePriceOutside(uint256 price, uint256 ask, uint256 bid);
    error ExchangeSelfTrade(address account);
    error ExchangeTokenMoved(uint256 tokenId, uint96 expected, uint96 actual);
    error ExchangeWrongValue(uint256 expected, uint256 sent);

    constructor(
        address strictCollection_,
        address feeRecipient_,
        uint16 feeBps_,
        address operator,
        address[] memory currencies
    ) ExchangeAdmin(feeRecipient_, feeBps_, operator, currencies) EIP712("KnowTon Exchange", "1") {
        _strictCollection = strictCollection_;
    }

    /// @notice Settles matches in order, each for itself: one that fails emits `MatchFailed` and changes nothing.
    /// @dev For operators, who own the order of the book. Reverts as a whole only when the transaction's gas cannot
    /// cover the next match, so that a match never fails for want of gas the operator did not send.
    function matchOrders(Match[] calldata matches)
        external
        onlyOperator
        whenNotPaused
        nonReentrant
        returns (bool[] memory settled)
    {
        settled = new bool[](matches.length);
        for (uint256 i = 0; i < matches.length; ++i) {
            settled[i] = _trySettle(matches[i]);
        }
    }

    /// @notice Settles one match; only callable by this contract, which gives each match its own frame.
    function settleMatch(Match calldata item) external {
        if (msg.sender != address(this)) revert ExchangeOnlySelf(msg.sender);
        Order calldata ask = item.ask;
        Order calldata bid = item.bid;
        if (ask.collection != bid.collection || ask.currency != bid.currency) {
            revert ExchangeOrdersDiffer(ask.collection, bid.collection, ask.currency, bid.currency);
        }
        if (item.price < ask.pricePerUnit || item.price > bid.pricePerUnit) {
            revert ExchangePriceOutside(item.price, ask.pricePerUnit, bid.pricePerUnit);
        }
        bytes32 askHash = _take(ask, item.askSignature, Orders.ASK, bid.maker, item.tokenId, item.askProof);
        bytes32 bidHash = _take(bid, item.bidSignature, Orders.BID, ask.maker, item.tokenId, item.bidProof);
        _settle(_sale(ask, askHash, bidHash, item.tokenId, ask.maker, bid.maker, item.price));
    }

    /// @notice Buys `tokenId` from a signed ask at its price: as value when native, else by the caller's allowance.
    function fillAsk(Order calldata ask, bytes calldata signature, uint256 tokenId, bytes32[] calldata proof)
        external
        payable
        whenNotPaused
        nonReentrant
    {
        uint256 value = ask.currency == address(0) ? ask.pricePerUnit : 0;
        if (msg.value != value) revert ExchangeWrongValue(value, msg.value);
        bytes32 askHash = _take(ask, signature, Orders.ASK, msg.sender, tokenId, proof);
        _settle(_sale(ask, askHash, 0, tokenId, ask.maker, msg.sender, ask.pricePerUnit));
    }

    /// @notice Sells the caller's `tokenId` to a signed bid at its price. The bid's caps bound what royalty and fee
    /// cost the caller.
    function fillBid(Order calldata bid, bytes calldata signature, uint256 tokenId, bytes32[] calldata proof)
        external
        whenNotPaused
        nonReentrant
    {
        bytes32 bidHash = _take(bid, signature, Orders.BID, msg.sender, tokenId, proof);
        _settle(_sale(bid, 0, bidHash, tokenId, msg.sender, bid.maker, bid.pricePerUnit));
    }

    /// @notice Cancels the caller's orders with nonces `word << 8 | bit` for every bit set in `mask`.
    function cancelNonces(uint256 word, uint256 mask) external {
        _spendMask(msg.sender, word, mask);
        emit NoncesCancelled(msg.sender, word, mask);
    }

    /// @notice Cancels every order the caller has signed so far.
    function cancelAll() external {
        emit CounterMoved(msg.sender, _moveCounter(msg.sender));
    }

    /// @notice The EIP-712 digest that the maker signs; it is the order's hash everywhere.
    function hashOrder(Order calldata order) public view returns (bytes32) {
        return _hashTypedDataV4(order.structHash());
    }

    /// @notice How many tokens an order with `maxFills` above 1 has moved. An order with one fill uses up its nonce
    /// instead.
    function filled(bytes32 orderHash) external view returns (uint256) {
        return _filled[orderHash];
    }

    /// @notice True when no order of `maker` with this nonce can fill any more.
    function nonceUsed(address maker, uint256 nonce) external view returns (bool) {
        return _isSpent(maker, nonce);
    }

    /// @notice The collection whose royalties are enforced to the unit.
    function strictCollection() external view returns (address) {
        return _strictCollection;
    }

    function _trySettle(Match calldata item) private returns (bool settled) {
        bytes memory call = abi.encodeCall(this.settleMatch, (item));
        uint256 needed = MATCH_GAS * 64 / 63 + 20_000;
        if (gasleft() < needed) revert RoyaltyLookup.ExchangeGasTooLow(gasleft(), needed);
        bytes memory reason;
        (settled, reason) = BoundedCall.tryCall(address(this), call, MATCH_GAS, MAX_REASON_SIZE);
        if (!settled) emit MatchFailed(hashOrder(item.ask), hashOrder(item.bid), item.tokenId, reason);
    }

    /// @dev Requires that the maker's order holds for this token and taker right now, and counts the fill.
    function _take(
        Order calldata order,
        bytes calldata signature,
        uint8 side,
        address taker,
        uint256 tokenId,
        bytes32[] calldata proof
    ) private returns (bytes32 orderHash) {
        order.requireOpen(side, taker);
        order.requireCovers(tokenId, proof);
        if (order.maker == taker) revert ExchangeSelfTrade(taker);
        if (!isCurrencyAllowed(order.currency)) revert ExchangeCurrencyNotAllowed(order.currency);
        if (order.tokenEpoch != 0) _requireEpoch(order, tokenId);
        orderHash = hashOrder(order);
        if (!SignerCheck.isSignedBy(order.maker, orderHash, signature)) {
            revert ExchangeBadSignature(order.maker, orderHash);
        }
        _countFill(order, orderHash);
    }

    function _countFill(Order calldata order, bytes32 orderHash) private {
        uint256 counter = counterOf(order.maker);
        if (order.counter != counter) revert ExchangeCounterMoved(order.maker, counter, order.counter);
        if (_isSpent(order.maker, order.nonce)) revert ExchangeNonceUsed(order.maker, order.nonce);
        if (order.maxFills == 1) return _spend(order.maker, order.nonce);
        uint256 fills = _filled[orderHash];
        if (fills >= order.maxFills) revert ExchangeFullyFilled(orderHash, order.maxFills);
        _filled[orderHash] = fills + 1;
    }

    function _requireEpoch(Order calldata order, uint256 tokenId) private view {
        if (order.collection != _strictCollection) revert ExchangeEpochUnsupported(order.collection);
        uint96 epoch = CountedERC721(order.collection).transferCount(tokenId);
        if (epoch != order.tokenEpoch) revert ExchangeTokenMoved(tokenId, order.tokenEpoch, epoch);
    }

    /// @dev `order` is the one whose caps apply: the seller's ask, or the bid that a seller takes.
    function _sale(
        Order calldata order,
        bytes32 askHash,
        bytes32 bidHash,
        uint256 tokenId,
        address seller,
        address buyer,
        uint256 price
    ) private pure returns (Sale memory) {
        return Sale({
            askHash: askHash,
            bidHash: bidHash,
            tokenId: tokenId,
            collection: order.collection,
            seller: seller,
            buyer: buyer,
            currency: order.currency,
            price: price,
            maxRoyaltyBps: order.maxRoyaltyBps,
            maxFeeBps: order.maxFeeBps
        });
    }

    function _settle(Sale memory sale) private {
        uint256 fee = _feeOf(sale);
        (address receiver, uint256 royalty) = _royaltyOf(sale);
        uint256 proceeds = sale.price - fee - royalty;
        _credit(feeRecipient(), sale.currency, fee);
        IERC721(sale.collection).transferFrom(sale.seller, sale.buyer, sale.tokenId);
        if (sale.currency == address(0)) {
            _pushNative(receiver, royalty);
            _pushNative(sale.seller, proceeds);
        } else {
            _payToken(sale, receiver, royalty, fee, proceeds);
        }
        emit Trade({
            askHash: sale.askHash,
            bidHash: sale.bidHash,
            tokenId: sale.tokenId,
            collection: sale.collection,
            seller: sale.seller,
            buyer: sale.buyer,
            currency: sale.currency,
            price: sale.price,
            fee: fee,
            royalty: royalty,
            royaltyReceiver: receiver
        });
    }

    /// @dev A royalty receiver that the token refuses to pay gets a credit: it must not make the work unsellable.
    function _payToken(Sale memory sale, address receiver, uint256 royalty, uint256 fee, uint256 proceeds) private {
        IERC20 token = IERC20(sale.currency);
        if (royalty != 0 && !token.trySafeTransferFrom(sale.buyer, receiver, royalty)) {
            _setAside(receiver, sale.currency, royalty);
            fee += royalty;
        }
        if (fee != 0) token.safeTransferFrom(sale.buyer, address(this), fee);
        if (proceeds != 0) token.safeTransferFrom(sale.buyer, sale.seller, proceeds);
    }

    /// @dev A receiver that refuses, or needs more than `PUSH_GAS`, gets a credit instead; a caller cannot bring that
    /// about by sending too little gas.
    function _pushNative(address to, uint256 amount) private {
        if (amount == 0) return;
        uint256 needed = PUSH_GAS * 64 / 63 + 10_000;
        if (gasleft() < needed) revert RoyaltyLookup.ExchangeGasTooLow(gasleft(), needed);
        if (!BoundedCall.sendValue(to, amount, PUSH_GAS)) _setAside(to, address(0), amount);
    }

    function _setAside(address account, address currency, uint256 amount) private {
        _credit(account, currency, amount);
        emit Credited(account, currency, amount);
    }

    function _feeOf(Sale memory sale) private view returns (uint256) {
        uint16 bps = feeBps();
        if (bps > sale.maxFeeBps) revert ExchangeFeeAboveCap(bps, sale.maxFeeBps);
        return sale.price * bps / BPS;
    }

    function _royaltyOf(Sale memory sale) private view returns (address receiver, uint256 royalty) {
        uint256 capBps = sale.maxRoyaltyBps < MAX_ROYALTY_BPS ? sale.maxRoyaltyBps : MAX_ROYALTY_BPS;
        uint256 cap = sale.price * capBps / BPS;
        if (sale.collection == _strictCollection) {
            return RoyaltyLookup.strictRoyalty(sale.collection, sale.tokenId, sale.price, cap);
        }
        return RoyaltyLookup.foreignRoyalty(sale.collection, sale.tokenId, sale.price, cap);
    }
}
