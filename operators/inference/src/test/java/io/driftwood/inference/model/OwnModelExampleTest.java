package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a user's own model: it compiles as it is, is short, is found by its name, and has the derivatives it should have. */
class OwnModelExampleTest {

    private static final Path SOURCE = Path.of("../../examples/own-model/example/Decay.java");

    @TempDir
    Path classes;

    @Test
    void decayIsCompiledFoundAndDifferentiated() throws Exception {
        assertThat(Files.readAllLines(SOURCE)).hasSizeLessThanOrEqualTo(40);
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(),
                "-cp", System.getProperty("java.class.path"), SOURCE.toString());
        assertThat(failed).isZero();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            Model decay = Models.build(Settings.of("type", "example.Decay"));
            scoreIsRight(decay);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void scoreIsRight(Model decay) {
        ModelCase c = ModelCase.of("decay", decay);
        Particles theta = c.particles(8, 1);
        Rows rows = c.rows(20);
        double[] density = new double[8];
        double[] score = new double[16];
        decay.addLogLikelihood(theta, rows, 0, 20, density, score, new Scratch());
        for (int i = 0; i < 8; i++) {
            double initial = Math.exp(theta.get(0, i));
            double halfLife = Math.exp(theta.get(1, i));
            double byLogInitial = 0;
            double byLogHalfLife = 0;
            for (int r = 0; r < 20; r++) {
                double hours = rows.values[2 * r + 1];
                double residual = rows.values[2 * r] - initial * Math.pow(2, -hours / halfLife);
                byLogInitial += residual;
                byLogHalfLife += residual * Math.log(2) * hours / halfLife;
            }
            assertThat(score[i]).isCloseTo(byLogInitial, within(1e-9 * (1 + Math.abs(byLogInitial))));
            assertThat(score[8 + i]).isCloseTo(byLogHalfLife, within(1e-9 * (1 + Math.abs(byLogHalfLife))));
        }
    }
}
