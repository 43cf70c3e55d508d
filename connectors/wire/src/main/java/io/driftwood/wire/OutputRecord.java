package io.driftwood.wire;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One encoded record on its way out. Immutable by agreement: nobody changes the arrays.
 *
 * @param key what a keyed sink partitions by; empty when there is none
 * @param value one JSON object without line ends
 */
public record OutputRecord(byte[] key, byte[] value) implements Serializable {

    @Override
    public boolean equals(Object other) {
        return other instanceof OutputRecord that && Arrays.equals(key, that.key) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "OutputRecord[" + value.length + " bytes]";
    }
}
