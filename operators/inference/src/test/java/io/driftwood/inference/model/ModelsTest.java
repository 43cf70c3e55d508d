package io.driftwood.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models by name: from the catalogue, and users' classes; and what is said when that fails. */
class ModelsTest {

    /** Takes its settings. */
    public static final class Configured implements ParticleModel {

        private final String field;

        public Configured(Settings settings) { this.field = settings.text("field"); }

        @Override
        public List<Block> parameters() { return new ParticleLogistic.Plain().parameters(); }

        @Override
        public List<String> fields() { return List.of(field); }

        @Override
        public double logLikelihood(double[] parameters, double[] row) { return 0; }
    }

    /** Takes nothing. */
    public static final class Bare implements ParticleModel {

        @Override
        public List<Block> parameters() { return new ParticleLogistic.Plain().parameters(); }

        @Override
        public List<String> fields() { return List.of("y"); }

        @Override
        public double logLikelihood(double[] parameters, double[] row) { return 0; }
    }

    public static final class Hidden extends Exception {
        private Hidden() {}
    }

    public static final class Shy implements ParticleModel {

        private Shy() {}

        @Override
        public List<Block> parameters() { return List.of(); }

        @Override
        public List<String> fields() { return List.of(); }

        @Override
        public double logLikelihood(double[] parameters, double[] row) { return 0; }
    }

    @Test
    void aClassIsBuiltWithItsSettingsOrWithoutAny() {
        assertThat(Models.build(Settings.of("type", Configured.class.getName(), "field", "speed")).fields()).containsExactly("speed");
        assertThat(Models.build(Settings.of("type", Bare.class.getName()))).isInstanceOf(PerParticle.class);
    }

    @Test
    void anEntryOfTheCatalogueIsBuiltByName() {
        assertThat(Models.build(Settings.of("type", "oring", "prior", "proper", "response", "f", "temperature", "t")).fields())
                .containsExactly("f", "t");
    }

    @Test
    void whatIsWrongWithAClassIsSaid() {
        assertProblem("no.such.Model", "is not on the class path");
        assertProblem(Hidden.class.getName(), "neither a io.driftwood.inference.model.Model nor a");
        assertProblem(Shy.class.getName(), "needs a public constructor");
        assertProblem(Configured.class.getName(), "no value for 'field'");
    }

    private static void assertProblem(String type, String words) {
        assertThatThrownBy(() -> Models.build(Settings.of("type", type))).isInstanceOfSatisfying(ConfigurationException.class,
                e -> assertThat(e.problems()).singleElement()
                        .satisfies(p -> assertThat(p.path()).isEqualTo("type"))
                        .satisfies(p -> assertThat(p.message()).contains(words)));
    }
}
