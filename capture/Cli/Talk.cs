using Tracing.Schemas;

namespace Tracing.Capture.Cli;

/// <summary>What the program says beside its data: one line a time, safe to print whatever it quotes.</summary>
internal static class Talk
{
    private const int MostLetters = 2000;

    /// <summary>Says it, if there is anybody to hear: the exit code tells the rest.</summary>
    public static void Say(this TextWriter error, string message)
    {
        try
        {
            error.WriteLine($"capture: {Printable.Short(message.ReplaceLineEndings(" ").Trim(), MostLetters)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody can be told.
        }
    }
}
