package io.driftwood.inference.random;

import java.nio.charset.StandardCharsets;

/** A 64-bit hash of (seed, key): FNV-1a over the UTF-8 bytes, finished by the mixer of SplitMix64. Part of the saved-state contract: never change it. */
final class KeyHash {

    private KeyHash() {}

    static long of(long seed, String key) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return mix(hash ^ mix(seed + 0x9e3779b97f4a7c15L));
    }

    /** A 64-bit hash of (hash, label). Part of the contract too. */
    static long branch(long hash, long label) { return mix(mix(hash + 0x9e3779b97f4a7c15L) ^ mix(label + 0x632be59bd9b4e019L)); }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
