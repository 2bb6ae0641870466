namespace Tracing.Analysis.Checking;

/// <summary>An input that cannot be judged: unreadable, not of the schema, or damaged. One line says what and where.</summary>
public sealed class InputException : Exception
{
    /// <summary>An error that says what was seen, what was expected and where.</summary>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>An error that another one explains.</summary>
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error without words.</summary>
    public InputException()
    {
    }
}
