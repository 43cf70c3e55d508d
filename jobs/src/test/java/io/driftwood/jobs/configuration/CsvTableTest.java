package io.driftwood.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.catalogue.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {

    @TempDir
    private Path directory;

    private Table read(String text) throws IOException {
        return CsvTable.read(Files.writeString(directory.resolve("table.csv"), text).toString());
    }

    @Test
    void columnsOfNumbers_areKeptAndEmptyFieldsAreMissing() throws IOException {
        Table table = read("day,a,\"b, too\"\n2020-01-01, 1.5,-2e3\n2020-01-02,,7\n");
        assertThat(table.columns()).containsExactly("a", "b, too");
        assertThat(table.rows()[0]).containsExactly(1.5, -2000);
        assertThat(table.rows()[1]).containsExactly(Double.NaN, 7);
    }

    @Test
    void whatIsNoTable_isSaidWithTheFile() {
        assertThatThrownBy(() -> read("a,b\n1\n")).hasMessageContaining("row 1 of ").hasMessageContaining("has 1 fields, the header 2");
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty; it needs a header line");
        assertThatThrownBy(() -> CsvTable.read(directory.resolve("none.csv").toString())).hasMessageContaining("there is no file ");
    }
}
