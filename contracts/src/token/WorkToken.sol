// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {EIP7702Utils} from "@openzeppelin/contracts/account/utils/EIP7702Utils.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Utils} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Utils.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {RevocableNonces} from "../authorization/RevocableNonces.sol";
import {SignerCheck} from "../authorization/SignerCheck.sol";
import {Credits} from "../payment/Credits.sol";
import {CountedERC721} from "./CountedERC721.sol";
import {MintVoucher, MintVouchers} from "./MintVoucher.sol";

/// @notice Creators' works. A creator signs a voucher, anyone may bring it to the chain, and the work is minted once,
/// ever.
/// @dev The token id is the creator's address followed by 96 bits of the content hash, so nobody can take another
/// creator's id. There is no owner and no other privileged role. Proceeds are credited to the creator, never pushed.
contract WorkToken is CountedERC721, IERC2981, IERC4906, EIP712, RevocableNonces, Credits {
    using MintVouchers for MintVoucher;
    using SafeERC20 for IERC20;

    struct RoyaltyTerms {
        address receiver;
        uint16 bps;
    }

    /// @notice An ERC-2612 approval of the caller's currency for this contract.
    struct Permit {
        uint256 value;
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice The highest royalty a voucher may carry: 10 %.
    uint16 public constant MAX_ROYALTY_BPS = 1_000;

    uint256 private constant BPS = 10_000;
    bytes4 private constant ERC4906_ID = 0x49064906;

    mapping(uint256 tokenId => RoyaltyTerms) private _royaltyTerms;
    mapping(uint256 tokenId => bytes32 digest) private _uriHashes;

    /// @notice A work was minted; the event is the only place that holds the full content hash.
    event Minted(
        uint256 indexed tokenId,
        address indexed creator,
        address indexed to,
        bytes32 contentHash,
        bytes32 uriHash,
        uint16 royaltyBps,
        address royaltyReceiver,
        uint256 price,
        address currency
    );

    /// @notice The creator lowered the royalty of a token.
    event RoyaltyLowered(uint256 indexed tokenId, uint16 royaltyBps);

    /// @notice The creator took back the vouchers whose nonces are in `word` under `mask`.
    event NoncesRevoked(address indexed creator, uint256 word, uint256 mask);

    /// @notice The creator took back every voucher signed under an earlier counter.
    event CounterMoved(address indexed creator, uint256 counter);

    error WorkTokenAlreadyMinted(uint256 tokenId);
    error WorkTokenBadSignature(address creator, bytes32 digest);
    error WorkTokenCounterMoved(address creator, uint256 expected, uint256 given);
    error WorkTokenNonceRevoked(address creator, uint256 nonce);
    error WorkTokenNotCreator(address caller, address creator);
    error WorkTokenNotYetValid(uint48 validAfter);
    error WorkTokenPaymentShort(address currency, uint256 expected, uint256 received);
    error WorkTokenRoyaltyNotLower(uint16 current, uint16 given);
    error WorkTokenRoyaltyReceiverMissing(uint16 royaltyBps);
    error WorkTokenRoyaltyTooHigh(uint16 royaltyBps, uint16 maximum);
    error WorkTokenVoucherExpired(uint48 validUntil);
    error WorkTokenWrongValue(uint256 expected, uint256 sent);

    constructor() ERC721("KnowTon Work", "WORK") EIP712("KnowTon WorkToken", "1") {}

    /// @notice Mints the work of `voucher`. The caller pays the price and gains nothing else: whoever relays, the
    /// result is the same, except that a bearer voucher (`to` zero) mints to the caller.
    /// @dev Requires the creator's signature, an open validity window, an unrevoked nonce and counter, an id never
    /// minted before, a royalty within the cap, and exactly the price: as value when native, else by this contract's
    /// allowance.
    function mint(MintVoucher calldata voucher, bytes calldata signature)
        external
        payable
        nonReentrant
        returns (uint256 tokenId)
    {
        return _mintWork(voucher, signature);
    }

    /// @notice Same as `mint`, approving an ERC-2612 currency in the same transaction.
    /// @dev A permit that was already used is ignored: somebody may have submitted it first, and the allowance decides
    /// anyway.
    function mintWithPermit(MintVoucher calldata voucher, bytes calldata signature, Permit calldata permit)
        external
        nonReentrant
        returns (uint256 tokenId)
    {
        if (voucher.currency.code.length != 0) {
            try IERC20Permit(voucher.currency)
                .permit(msg.sender, address(this), permit.value, permit.deadline, permit.v, permit.r, permit.s) {}
                catch {}
        }
        return _mintWork(voucher, signature);
    }

    /// @notice Destroys a token for good: its id is never minted again. For its owner or an approved account.
    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, msg.sender);
        delete _royaltyTerms[tokenId];
        delete _uriHashes[tokenId];
    }

    /// @notice Lowers the royalty of a token. Only its creator may, and it can never be raised again.
    function lowerRoyalty(uint256 tokenId, uint16 royaltyBps) external {
        _requireOwned(tokenId);
        address creator = creatorOf(tokenId);
        if (msg.sender != creator) revert WorkTokenNotCreator(msg.sender, creator);
        uint16 current = _royaltyTerms[tokenId].bps;
        if (royaltyBps >= current) revert WorkTokenRoyaltyNotLower(current, royaltyBps);
        _royaltyTerms[tokenId].bps = royaltyBps;
        emit RoyaltyLowered(tokenId, royaltyBps);
        emit MetadataUpdate(tokenId);
    }

    /// @notice Takes back the caller's vouchers with nonces `word << 8 | bit` for every bit set in `mask`.
    function revokeNonces(uint256 word, uint256 mask) external {
        _spendMask(msg.sender, word, mask);
        emit NoncesRevoked(msg.sender, word, mask);
    }

    /// @notice Takes back every voucher the caller has signed so far.
    function revokeAll() external {
        emit CounterMoved(msg.sender, _moveCounter(msg.sender));
    }

    /// @notice True when the creator took back vouchers with this nonce.
    function nonceRevoked(address creator, uint256 nonce) external view returns (bool) {
        return _isSpent(creator, nonce);
    }

    /// @notice The EIP-712 digest that the creator signs.
    function hashVoucher(MintVoucher calldata voucher) public view returns (bytes32) {
        return _hashTypedDataV4(voucher.structHash());
    }

    /// @notice sha2-256 digest of the token's metadata JSON; zero for a token that does not exist.
    function uriHashOf(uint256 tokenId) external view returns (bytes32) {
        return _uriHashes[tokenId];
    }

    /// @notice The metadata as a CIDv1 (raw bytes, sha2-256) in base 16, so the address proves the content.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        bytes memory prefixed = bytes(Strings.toHexString(uint256(_uriHashes[tokenId]), 32));
        bytes memory digits = new bytes(64);
        for (uint256 i = 0; i < 64; ++i) {
            digits[i] = prefixed[i + 2];
        }
        return string.concat("ipfs://f01551220", string(digits));
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(uint256 tokenId, uint256 salePrice) external view returns (address receiver, uint256 royalty) {
        RoyaltyTerms memory terms = _royaltyTerms[tokenId];
        return (terms.receiver, salePrice * terms.bps / BPS);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return
            interfaceId == type(IERC2981).interfaceId || interfaceId == ERC4906_ID
                || super.supportsInterface(interfaceId);
    }

    /// @notice The id of the work with `contentHash` by `creator`.
    function tokenIdOf(address creator, bytes32 contentHash) public pure returns (uint256) {
        return uint256(uint160(creator)) << 96 | uint96(uint256(contentHash));
    }

    /// @notice The creator that a token id names.
    function creatorOf(uint256 tokenId) public pure returns (address) {
        // forge-lint: disable-next-line(unsafe-typecast): the shift leaves 160 bits
        return address(uint160(tokenId >> 96));
    }

    /// @dev Everything is written before anything outside is called; the receiver's callback comes last.
    function _mintWork(MintVoucher calldata voucher, bytes calldata signature) private returns (uint256 tokenId) {
        _requireTerms(voucher);
        _requireAuthorized(voucher, signature);
        tokenId = tokenIdOf(voucher.creator, voucher.contentHash);
        if (transferCount(tokenId) != 0) revert WorkTokenAlreadyMinted(tokenId);
        address to = voucher.to == address(0) ? msg.sender : voucher.to;

        _royaltyTerms[tokenId] = RoyaltyTerms({receiver: voucher.royaltyReceiver, bps: voucher.royaltyBps});
        _uriHashes[tokenId] = voucher.uriHash;
        _mint(to, tokenId);
        _credit(voucher.creator, voucher.currency, voucher.price);
        _emitMinted(tokenId, to, voucher);

        _collect(voucher.currency, voucher.price);
        if (EIP7702Utils.fetchDelegate(to) == address(0)) {
            ERC721Utils.checkOnERC721Received(msg.sender, address(0), to, tokenId, "");
        }
    }

    function _emitMinted(uint256 tokenId, address to, MintVoucher calldata voucher) private {
        emit Minted({
            tokenId: tokenId,
            creator: voucher.creator,
            to: to,
            contentHash: voucher.contentHash,
            uriHash: voucher.uriHash,
            royaltyBps: voucher.royaltyBps,
            royaltyReceiver: voucher.royaltyReceiver,
            price: voucher.price,
            currency: voucher.currency
        });
    }

    function _collect(address currency, uint256 price) private {
        uint256 value = currency == address(0) ? price : 0;
        if (msg.value != value) revert WorkTokenWrongValue(value, msg.value);
        if (currency == address(0) || price == 0) return;
        uint256 before = IERC20(currency).balanceOf(address(this));
        IERC20(currency).safeTransferFrom(msg.sender, address(this), price);
        uint256 received = IERC20(currency).balanceOf(address(this)) - before;
        if (received != price) revert WorkTokenPaymentShort(currency, price, received);
    }

    function _requireTerms(MintVoucher calldata voucher) private view {
        if (block.timestamp < voucher.validAfter) revert WorkTokenNotYetValid(voucher.validAfter);
        if (block.timestamp > voucher.validUntil) revert WorkTokenVoucherExpired(voucher.validUntil);
        if (voucher.royaltyBps > MAX_ROYALTY_BPS) revert WorkTokenRoyaltyTooHigh(voucher.royaltyBps, MAX_ROYALTY_BPS);
        if (voucher.royaltyBps != 0 && voucher.royaltyReceiver == address(0)) {
            revert WorkTokenRoyaltyReceiverMissing(voucher.royaltyBps);
        }
    }

    function _requireAuthorized(MintVoucher calldata voucher, bytes calldata signature) private view {
        if (_isSpent(voucher.creator, voucher.nonce)) revert WorkTokenNonceRevoked(voucher.creator, voucher.nonce);
        uint256 counter = counterOf(voucher.creator);
        if (voucher.counter != counter) revert WorkTokenCounterMoved(voucher.creator, counter, voucher.counter);
        bytes32 digest = hashVoucher(voucher);
        if (!SignerCheck.isSignedBy(voucher.creator, digest, signature)) {
            revert WorkTokenBadSignature(voucher.creator, digest);
        }
    }
}
