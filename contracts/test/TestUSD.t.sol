// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../src/local/TestUSD.sol";
import {Test} from "./base/Test.sol";

contract TestUSDTest is Test {
    function test_isFreeMoneyWithSixDecimals() public {
        TestUSD usd = deployTestUSD();
        usd.mint(address(this), 5_000_000);
        vm.assertEq(usd.balanceOf(address(this)), 5_000_000, "balance");
        vm.assertEq(usd.decimals(), 6, "decimals");
        vm.assertEq(usd.symbol(), "tUSD", "symbol");
    }

    function testFuzz_existsOnLocalChainsOnly(uint64 chain) public {
        uint256 id = bound(chain, 1, type(uint64).max - 1);
        vm.assume(id != 31_337);
        bytes memory code = vm.getCode(artifact("TestUSD"));
        vm.chainId(id);
        address created;
        assembly {
            created := create(0, add(code, 0x20), mload(code))
        }
        vm.assertEq(created, address(0), "deployed");
    }
}
