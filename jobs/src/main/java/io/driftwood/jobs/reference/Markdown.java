package io.driftwood.jobs.reference;

import io.driftwood.inference.catalogue.DurationWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page that grows line by line. */
final class Markdown {

    private final StringBuilder out = new StringBuilder();

    /** The first line says what kind of page it is. */
    static Markdown reference(String title) {
        Markdown page = new Markdown();
        page.line("# Reference: " + title);
        page.line("");
        page.line("*Written from the code by `" + ReferencePages.COMMAND + "`: change the code, not this page.*");
        page.line("");
        return page;
    }

    Markdown line(String text) {
        out.append(text.stripTrailing()).append('\n');
        return this;
    }

    Markdown paragraph(String text) {
        return line(text).line("");
    }

    Markdown heading(String text) {
        return paragraph("## " + text);
    }

    Markdown code(String text) {
        line("```");
        text.stripTrailing().lines().forEach(this::line);
        return paragraph("```");
    }

    Markdown table(List<String> head, List<List<String>> rows) {
        line(row(head));
        line(row(head.stream().map(cell -> "---").toList()));
        rows.forEach(row -> line(row(row)));
        return line("");
    }

    /** The last line is one next step. */
    String next(String text) {
        return line("Next: " + text).toString();
    }

    /** A value as people write it in YAML, in backquotes. */
    static String value(Object value) {
        return "`" + yaml(value) + "`";
    }

    private static String yaml(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, inner) -> entries.add(key + ": " + yaml(inner)));
            return "{" + String.join(", ", entries) + "}";
        } else if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(Markdown::yaml).toList()) + "]";
        } else if (value instanceof Duration duration) {
            return DurationWords.format(duration);
        } else if (value instanceof Double x && x == Math.rint(x) && Math.abs(x) < 1e15) {
            return String.valueOf(x.longValue());
        }
        return String.valueOf(value);
    }

    static String value(Optional<Object> value, String otherwise) {
        return value.map(Markdown::value).orElse(otherwise);
    }

    /** Help begins with a capital and ends with a full stop, however it was written. */
    static String sentence(String help) {
        String text = help.strip();
        boolean name = text.length() > 1 && !Character.isLowerCase(text.charAt(1)) && text.charAt(1) != ' ';
        String begun = name ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return begun.endsWith(".") || begun.endsWith("?") ? begun : begun + ".";
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()) + " |";
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
