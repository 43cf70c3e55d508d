package io.driftwood.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTextTest {

    @Test
    void theBarStandsWhereTheNumbersAre() {
        assertThat(DemoText.bar(0, 0.5, 1)).isEqualTo("────────────●───────────");
        assertThat(DemoText.bar(0.5, 0.9, 0.999)).isEqualTo("············─────────●──");
        assertThat(DemoText.bar(1, 1, 1)).isEqualTo("·······················●");
        assertThat(DemoText.bar(0, 0, 0)).isEqualTo("●·······················");
    }

    @Test
    void launchesAreReadByColumn() {
        assertThat(Launch.read(List.of("seq,flight,launch_date,temp_f,n_distress,failure", "2,STS-2,1981-11-12,70,1,1")))
                .containsExactly(new Launch("STS-2", "1981-11-12", 70, true));
    }
}
