// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Credits} from "../src/payment/Credits.sol";
import {MintVoucher} from "../src/token/MintVoucher.sol";
import {WorkToken} from "../src/token/WorkToken.sol";
import {HostileToken} from "./actors/HostileToken.sol";
import {RefusingReceiver} from "./actors/RefusingReceiver.sol";
import {WorkTokenFixture} from "./base/WorkTokenFixture.sol";

contract WorkTokenPaymentTest is WorkTokenFixture {
    bytes32 private constant WORK = keccak256("a paid work");
    uint256 private constant BUYER_KEY = 0xB0B;
    uint256 private constant PRICE = 25_000_000;

    address private buyer;

    function setUp() public override {
        super.setUp();
        buyer = vm.addr(BUYER_KEY);
        vm.deal(buyer, 10 ether);
        usd.mint(buyer, 10 * PRICE);
    }

    function testFuzz_M7_nativePriceIsCreditedWhole(uint128 price) public {
        MintVoucher memory voucher = _paid(price, address(0));
        bytes memory sig = signed(voucher);
        vm.deal(buyer, price);
        vm.prank(buyer);
        token.mint{value: price}(voucher, sig);
        vm.assertEq(token.credits(creator, address(0)), price, "credit");
        vm.assertEq(address(token).balance, price, "balance");
    }

    function testFuzz_M7_anyOtherValueIsRefused(uint128 price, uint128 value, bool native) public {
        vm.assume(native ? value != price : value != 0);
        MintVoucher memory voucher = _paid(price, native ? address(0) : address(usd));
        bytes memory sig = signed(voucher);
        vm.deal(buyer, value);
        vm.expectRevert(abi.encodeWithSelector(WorkToken.WorkTokenWrongValue.selector, native ? price : 0, value));
        vm.prank(buyer);
        token.mint{value: value}(voucher, sig);
    }

    function test_M7_tokenPriceIsPulledFromTheCallerAndCredited() public {
        MintVoucher memory voucher = _paid(PRICE, address(usd));
        bytes memory sig = signed(voucher);
        vm.startPrank(buyer);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(token), 0, PRICE)
        );
        token.mint(voucher, sig);
        usd.approve(address(token), PRICE);
        token.mint(voucher, sig);
        vm.stopPrank();
        vm.assertEq(usd.balanceOf(buyer), 9 * PRICE, "buyer");
        vm.assertEq(usd.balanceOf(address(token)), PRICE, "held");
        vm.assertEq(token.credits(creator, address(usd)), PRICE, "credit");
    }

    function test_permitApprovesInTheSameTransaction() public {
        MintVoucher memory voucher = _paid(PRICE, address(usd));
        bytes memory sig = signed(voucher);
        WorkToken.Permit memory permit = _permit(PRICE);
        vm.prank(buyer);
        token.mintWithPermit(voucher, sig, permit);
        vm.assertEq(token.credits(creator, address(usd)), PRICE, "credit");
    }

    function test_permitSubmittedByAnotherDoesNotStopTheMint() public {
        MintVoucher memory voucher = _paid(PRICE, address(usd));
        bytes memory sig = signed(voucher);
        WorkToken.Permit memory permit = _permit(PRICE);
        usd.permit(buyer, address(token), PRICE, permit.deadline, permit.v, permit.r, permit.s);
        vm.prank(buyer);
        token.mintWithPermit(voucher, sig, permit);
        vm.assertEq(token.credits(creator, address(usd)), PRICE, "credit");
    }

    function test_permitIsHarmlessWhereThereIsNothingToPermit() public {
        MintVoucher memory voucher = _paid(0, address(0));
        WorkToken.Permit memory permit = _permit(0);
        vm.prank(buyer);
        token.mintWithPermit(voucher, signed(voucher), permit);
        vm.assertEq(token.balanceOf(collector), 1, "minted");
    }

    function test_refusesACurrencyThatDeliversLess() public {
        HostileToken hostile = new HostileToken();
        hostile.mint(buyer, PRICE);
        hostile.setFee(100);
        MintVoucher memory voucher = _paid(PRICE, address(hostile));
        bytes memory sig = signed(voucher);
        vm.startPrank(buyer);
        hostile.approve(address(token), PRICE);
        vm.expectRevert(
            abi.encodeWithSelector(WorkToken.WorkTokenPaymentShort.selector, hostile, PRICE, PRICE * 99 / 100)
        );
        token.mint(voucher, sig);
    }

    function test_M10_currencyThatCallsBackCannotMintOrWithdraw() public {
        HostileToken hostile = new HostileToken();
        hostile.mint(buyer, PRICE);
        MintVoucher memory voucher = _paid(PRICE, address(hostile));
        bytes memory sig = signed(voucher);
        hostile.setCallback(address(token), abi.encodeCall(Credits.withdrawFor, (creator, address(hostile))));
        vm.startPrank(buyer);
        hostile.approve(address(token), PRICE);
        token.mint(voucher, sig);
        vm.assertFalse(hostile.callbackSucceeded(), "reentered");
        bytes memory guard = abi.encodePacked(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        vm.assertEq(hostile.callbackResult(), guard, "guard");
        vm.assertEq(token.credits(creator, address(hostile)), PRICE, "credit");
    }

    function test_withdrawPaysTheCreditOnceAndInFull() public {
        _buyNative(1 ether);
        vm.expectEmit(address(token));
        emit Credits.Withdrawn(creator, address(0), 1 ether);
        vm.prank(creator);
        vm.assertEq(token.withdraw(address(0)), 1 ether, "amount");
        vm.assertEq(creator.balance, 1 ether, "paid");
        vm.expectRevert(abi.encodeWithSelector(Credits.CreditsEmpty.selector, creator, address(0)));
        vm.prank(creator);
        token.withdraw(address(0));
    }

    function testFuzz_withdrawForPaysOnlyTheAccount(address caller) public {
        _buyNative(1 ether);
        uint256 before = caller.balance;
        vm.prank(caller);
        token.withdrawFor(creator, address(0));
        vm.assertEq(creator.balance, caller == creator ? before + 1 ether : 1 ether, "creator");
        if (caller != creator && caller != address(token)) vm.assertEq(caller.balance, before, "caller");
    }

    function test_refusedWithdrawalKeepsTheCredit() public {
        RefusingReceiver refusing = new RefusingReceiver();
        vm.etch(creator, address(refusing).code);
        MintVoucher memory voucher = _paid(1 ether, address(0));
        bytes memory sig = signed(voucher);
        vm.prank(buyer);
        token.mint{value: 1 ether}(voucher, sig);
        vm.expectRevert(abi.encodeWithSelector(Credits.CreditsPaymentRefused.selector, creator, 1 ether));
        token.withdrawFor(creator, address(0));
        vm.assertEq(token.credits(creator, address(0)), 1 ether, "kept");
        RefusingReceiver(payable(creator)).open();
        token.withdrawFor(creator, address(0));
        vm.assertEq(creator.balance, 1 ether, "paid");
    }

    function test_refusesMoneyThatIsNobodys() public {
        (bool success,) = address(token).call{value: 1}("");
        vm.assertFalse(success, "plain payment");
    }

    function _buyNative(uint256 price) private {
        MintVoucher memory voucher = _paid(price, address(0));
        bytes memory sig = signed(voucher);
        vm.prank(buyer);
        token.mint{value: price}(voucher, sig);
    }

    function _paid(uint256 price, address currency) private view returns (MintVoucher memory voucher) {
        voucher = freeVoucher(WORK);
        (voucher.price, voucher.currency) = (price, currency);
    }

    function _permit(uint256 value) private view returns (WorkToken.Permit memory) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typeHash, buyer, token, value, usd.nonces(buyer), NOW + 1 hours));
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", usd.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(BUYER_KEY, digest);
        return WorkToken.Permit({value: value, deadline: NOW + 1 hours, v: v, r: r, s: s});
    }
}
