package io.driftwood.inference.numeric;

import java.lang.reflect.InvocationTargetException;

/**
 * Chooses the implementation when it is first needed: vectors where the module {@code jdk.incubator.vector} is in the boot layer and
 * the machine has vectors of at least four doubles, plain otherwise (HotSpot keeps masks over two doubles as heap objects). The system property {@code driftwood.numeric=plain|vector} overrides.
 */
final class LaneMathHolder {

    static final String PROPERTY = "driftwood.numeric";
    static final int LEAST_WIDTH = 4;
    private static final String MODULE = "jdk.incubator.vector";

    static final LaneMath CHOSEN = choose(System.getProperty(PROPERTY, ""));

    private LaneMathHolder() {}

    static LaneMath choose(String wanted) { return choose(wanted, ModuleLayer.boot().findModule(MODULE).isPresent()); }

    /** @param wanted {@code plain}, {@code vector}, or empty for what is best */
    static LaneMath choose(String wanted, boolean modulePresent) {
        return switch (wanted) {
            case "plain" -> new PlainLaneMath();
            case "vector" -> {
                if (!modulePresent) {
                    throw new IllegalStateException("-D" + PROPERTY + "=vector needs the JVM option --add-modules " + MODULE);
                }
                yield vector();
            }
            case "" -> modulePresent && vectorWidth() >= LEAST_WIDTH ? vector() : new PlainLaneMath();
            default -> throw new IllegalStateException("-D" + PROPERTY + "=" + wanted + ": allowed are plain and vector");
        };
    }

    /** By name, so that this class links without the module. */
    private static LaneMath vector() {
        try {
            return (LaneMath) Class.forName("io.driftwood.inference.numeric.VectorLaneMath").getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the vector implementation does not start", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector implementation is missing", e);
        }
    }

    private static int vectorWidth() {
        try {
            return Class.forName("io.driftwood.inference.numeric.Lanes").getDeclaredField("WIDTH").getInt(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector implementation is missing", e);
        }
    }
}
