// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../src/local/TestUSD.sol";
import {RoyaltySplitter} from "../src/royalty/RoyaltySplitter.sol";
import {Test} from "./base/Test.sol";

/// @notice Random life of a splitter with five positions: income in two currencies, claims by anyone, positions
/// changing hands.
contract SplitterHandler is Test {
    RoyaltySplitter public immutable splitter;
    TestUSD public immutable usd;

    mapping(address currency => uint256) public income;
    mapping(address holder => mapping(address currency => uint256)) public due;

    constructor() {
        usd = deployTestUSD();
        address[] memory who = new address[](5);
        uint32[] memory parts = new uint32[](5);
        uint32[5] memory sizes = [uint32(1), 142_857, 285_714, 333_333, 238_095];
        for (uint256 i = 0; i < 5; ++i) {
            (who[i], parts[i]) = (address(uint160(0xB000 + i)), sizes[i]);
        }
        splitter = RoyaltySplitter(deploySplitterFactory().createSplitter(who, parts, 0));
    }

    function receiveIncome(uint96 amount, bool native, bool small) external {
        uint256 units = small ? amount % 10 : amount;
        if (native) vm.deal(address(splitter), address(splitter).balance + units);
        else usd.mint(address(splitter), units);
        income[_currency(native)] += units;
    }

    function claim(uint256 seed, bool native, address caller) external {
        uint256 position = seed % 5;
        uint256 claimable = splitter.claimable(position, _currency(native));
        address holder = splitter.holderOf(position);
        vm.prank(caller);
        vm.assertEq(splitter.claim(position, _currency(native)), claimable, "claim pays what was claimable");
        vm.assertEq(splitter.claimable(position, _currency(native)), 0, "nothing is left to claim");
        due[holder][_currency(native)] += claimable;
    }

    /// @dev S10: what is claimable before a move is claimable after it, by the position's new holder.
    function movePosition(uint256 seed, uint256 toSeed) external {
        uint256 position = seed % 5;
        address to = address(uint160(0xC000 + toSeed % 3));
        uint256[2] memory before =
            [splitter.claimable(position, address(0)), splitter.claimable(position, address(usd))];
        vm.prank(splitter.holderOf(position));
        splitter.offerPosition(position, to);
        vm.prank(to);
        splitter.acceptPosition(position);
        vm.assertEq(splitter.claimable(position, address(0)), before[0], "native claim moved");
        vm.assertEq(splitter.claimable(position, address(usd)), before[1], "token claim moved");
    }

    function _currency(bool native) private view returns (address) {
        return native ? address(0) : address(usd);
    }
}
