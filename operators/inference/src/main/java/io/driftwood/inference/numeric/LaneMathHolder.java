package io.driftwood.inference.numeric;

/** Chooses the implementation when it is first needed. */
final class LaneMathHolder {

    static final LaneMath CHOSEN = choose();

    private LaneMathHolder() {}

    private static LaneMath choose() {
        return new PlainLaneMath();
    }
}
