package io.driftwood.jobs.reference;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Every command with its help, as the command line prints it. */
final class CommandsPage {

    private CommandsPage() {}

    static String text(CommandLine commands) {
        Markdown page = Markdown.reference("commands");
        page.paragraph("Data goes to stdout and talk to stderr. `-v` shows Flink's log and stack traces.");
        page.code(usage(commands));
        commands.getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                page.heading("`driftwood " + name + "`").code(usage(command));
            }
        });
        return page.next("[every section of a configuration](configuration.md).");
    }

    private static String usage(CommandLine command) {
        UsageMessageSpec message = command.getCommandSpec().usageMessage();
        message.width(100);
        return command.getUsageMessage(Ansi.OFF);
    }
}
