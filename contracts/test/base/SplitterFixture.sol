// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../../src/local/TestUSD.sol";
import {RoyaltySplitter} from "../../src/royalty/RoyaltySplitter.sol";
import {RoyaltySplitterFactory} from "../../src/royalty/RoyaltySplitterFactory.sol";
import {Test} from "./Test.sol";

/// @notice A factory, and a splitter among three recipients with shares that do not divide evenly.
abstract contract SplitterFixture is Test {
    address internal constant NATIVE = address(0);
    bytes32 internal constant SALT = keccak256("salt");

    RoyaltySplitterFactory internal factory;
    TestUSD internal usd;
    RoyaltySplitter internal splitter;
    address[] internal recipients;
    uint32[] internal shares;

    function setUp() public virtual {
        factory = deploySplitterFactory();
        usd = deployTestUSD();
        recipients = [address(0xAAA1), address(0xAAA2), address(0xAAA3)];
        shares = [uint32(333_333), 333_333, 333_334];
        splitter = RoyaltySplitter(factory.createSplitter(recipients, shares, SALT));
    }

    function receiveNative(uint256 amount) internal {
        vm.deal(address(this), amount);
        (bool success,) = address(splitter).call{value: amount}("");
        vm.assertTrue(success, "payment");
    }

    /// @dev `count` recipients; the last one takes what the others leave.
    function anySplit(uint256 count, uint256 seed) internal pure returns (address[] memory who, uint32[] memory parts) {
        (who, parts) = (new address[](count), new uint32[](count));
        uint256 left = 1_000_000;
        for (uint256 i = 0; i < count; ++i) {
            who[i] = address(uint160(0xB000 + i));
            uint256 most = left - (count - 1 - i);
            uint256 part = i == count - 1 ? left : 1 + uint256(keccak256(abi.encode(seed, i))) % most;
            parts[i] = uint32(part);
            left -= part;
        }
    }
}
