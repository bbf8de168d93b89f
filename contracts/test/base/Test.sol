// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TestUSD} from "../../src/local/TestUSD.sol";
import {Exchange} from "../../src/market/Exchange.sol";
import {RoyaltySplitterFactory} from "../../src/royalty/RoyaltySplitterFactory.sol";
import {WorkToken} from "../../src/token/WorkToken.sol";
import {Vm} from "./Vm.sol";

/// @notice What every test needs: the cheatcodes, keys, and deployments from compiled artifacts, so that the code under
/// test is exactly the code that ships.
abstract contract Test {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    uint256 internal constant NOW = 1_800_000_000;

    /// @dev Maps any number into [low, high].
    function bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        if (value >= low && value <= high) return value;
        uint256 size = high - low + 1;
        return size == 0 ? value : low + value % size;
    }

    function signature(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev The release's artifact: what `npm run build -w contracts` made.
    function artifact(string memory name) internal pure returns (string memory) {
        return string.concat("contracts/out/release/", name, ".sol/", name, ".json");
    }

    function deployWorkToken() internal returns (WorkToken) {
        return WorkToken(vm.deployCode(artifact("WorkToken")));
    }

    function deployTestUSD() internal returns (TestUSD) {
        return TestUSD(vm.deployCode(artifact("TestUSD")));
    }

    function deploySplitterFactory() internal returns (RoyaltySplitterFactory) {
        return RoyaltySplitterFactory(vm.deployCode(artifact("RoyaltySplitterFactory")));
    }

    function deployExchange(
        address collection,
        address feeRecipient,
        uint16 feeBps,
        address operator,
        address[] memory currencies
    ) internal returns (Exchange) {
        bytes memory arguments = abi.encode(collection, feeRecipient, feeBps, operator, currencies);
        return Exchange(vm.deployCode(artifact("Exchange"), arguments));
    }
}
