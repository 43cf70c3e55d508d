package io.driftwood.inference.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No method of the plain or the vector implementation allocates once the compiler is done with it. In vector code an allocation means that a vector crossed a
 * call that was not inlined, or that the compiler gave up speculating ({@link VectorProfiles}). Everything runs in one JVM, so each kernel meets the compiler's profile of all the others.
 */
class AllocationTest {

    private static final int FRESH_RUNS = 20;

    @Test
    void warmMethods_allocateNothing() {
        for (LaneMath math : new LaneMath[] {new PlainLaneMath(), LaneMath.get()}) {
            assertThat(new AllocationProbe().stillAllocating(math)).as(math.name()).isEmpty();
        }
    }

    /** What the compiler decides depends on when it comes to it: two processes at a time, on a machine that is thereby busy. */
    @Test
    @Tag("nightly")
    void freshProcesses_allocateNothingEither() throws Exception {
        for (int run = 0; run < FRESH_RUNS; run += 2) {
            Process[] processes = {probe(), probe()};
            for (Process process : processes) {
                assertThat(new String(process.getInputStream().readAllBytes())).as("run %d", run).endsWith("{}" + System.lineSeparator());
                assertThat(process.waitFor()).isZero();
            }
        }
    }

    private static Process probe() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
                "-cp", System.getProperty("java.class.path"), AllocationProbe.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
