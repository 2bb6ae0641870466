using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Tracing.Peers.Native;

namespace Tracing.Peers.Qtest;

/// <summary>
/// QEMU's qtest protocol: one line a command, one line an answer, and lines about interrupts in between. Nothing is
/// trusted: an answer that does not come, or is not of the form, is an error that says what was asked.
/// </summary>
/// <param name="link">The socket; disposed of with this.</param>
/// <param name="timeout">How long an answer may take.</param>
public sealed class QtestLink(UnixLink link, TimeSpan timeout) : IDisposable
{
    private const int LongestLine = 1 << 22;

    /// <summary>Interrupt lines that are kept: a device may raise more than anybody looks at.</summary>
    private const int MostInterrupts = 1 << 10;

    private readonly StringBuilder pending = new();
    private readonly Queue<string> lines = new();
    private readonly byte[] buffer = new byte[1 << 16];

    /// <summary>Connects to the socket of a QEMU that was started with <c>-qtest unix:PATH,server=on</c>.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static QtestLink Connect(string path, TimeSpan timeout) => new(UnixLink.Connect(path), timeout);

    /// <summary>Connects as soon as somebody listens there: a QEMU that is just starting makes its sockets a little later.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="timeout">How long to wait for it, and then for each answer.</param>
    /// <param name="token">Gives up earlier.</param>
    /// <exception cref="IOException">Nobody listens there in time.</exception>
    public static QtestLink Await(string path, TimeSpan timeout, CancellationToken token)
    {
        var deadline = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            try
            {
                return Connect(path, timeout);
            }
            catch (SocketException exception)
            {
                if (Stopwatch.GetTimestamp() > deadline || token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(10)))
                    throw new IOException($"{path}: nobody listens there: {exception.Message}", exception);
            }
        }
    }

    /// <summary>The last interrupt lines that arrived, "raise 22" or "lower 22", oldest first.</summary>
    public Queue<string> Interrupts { get; } = new();

    /// <summary>Sends one command and gives the answer behind OK, which may be empty.</summary>
    /// <exception cref="IOException">QEMU has gone, does not answer, or refuses.</exception>
    public string Ask(string command)
    {
        Tell(command);
        return Answer(command);
    }

    /// <summary>Sends a command; its answer is to be taken by <see cref="Answer"/>, in the order of the commands.</summary>
    /// <exception cref="IOException">QEMU has gone.</exception>
    public void Tell(string command) => link.Send(Encoding.ASCII.GetBytes(command + "\n"));

    /// <summary>Takes the next answer.</summary>
    /// <param name="command">What was asked, for messages.</param>
    /// <exception cref="IOException">QEMU has gone, does not answer, or refuses.</exception>
    public string Answer(string command)
    {
        // Other lines, or an answer in drops, do not make the time any longer.
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TakeLine() is { } line)
            {
                if (TryRead(line, command, out var answer)) return answer;
            }
            else
            {
                var left = timeout - Stopwatch.GetElapsedTime(since);
                if (left <= TimeSpan.Zero || !Fill(command, (int)Math.Ceiling(left.TotalMilliseconds)))
                    throw new IOException($"QEMU's qtest does not answer '{Shortened(command)}' within {timeout.TotalSeconds:0.#} s");
            }
        }
    }

    /// <summary>Takes the next answer if it is here already.</summary>
    /// <exception cref="IOException">QEMU has gone or refuses.</exception>
    public bool TryAnswer(string command, out string answer)
    {
        // At most one look at the socket: whoever never stops sending does not keep us here.
        for (var looks = 0; ; looks++)
        {
            while (TakeLine() is { } line)
            {
                if (TryRead(line, command, out answer)) return true;
            }

            answer = "";
            if (looks > 0 || !Fill(command, 0)) return false;
        }
    }

    /// <summary>Looks whether QEMU is still there, while nothing is asked of it.</summary>
    /// <exception cref="IOException">QEMU has gone, or says something that nobody asked for.</exception>
    public void Look()
    {
        if (TryAnswer("nothing", out var answer)) throw new IOException($"QEMU's qtest answers '{Shortened(answer)}' though nothing was asked");
    }

    /// <summary>A command whose answer is a number.</summary>
    /// <exception cref="IOException">As for <see cref="Ask"/>, or the answer is no number.</exception>
    public ulong AskNumber(string command)
    {
        var answer = Ask(command);
        return answer.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(answer.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new IOException($"QEMU's qtest answered '{Shortened(answer)}' to '{Shortened(command)}'; a number was expected");
    }

    /// <summary>A command that writes a number of 1, 2, 4 or 8 bytes: "writel 0xfee00000 0x31".</summary>
    public static string Command(string verb, int width, ulong address, ulong? value = null)
    {
        var letter = width switch { 1 => 'b', 2 => 'w', 4 => 'l', _ => 'q' };
        return value is { } written
            ? string.Create(CultureInfo.InvariantCulture, $"{verb}{letter} 0x{address:x} 0x{written:x}")
            : string.Create(CultureInfo.InvariantCulture, $"{verb}{letter} 0x{address:x}");
    }

    /// <inheritdoc/>
    public void Dispose() => link.Dispose();

    /// <summary>Understands a line. False = it is about an interrupt, and no answer.</summary>
    private bool TryRead(string line, string command, out string answer)
    {
        answer = "";
        if (line.StartsWith("IRQ ", StringComparison.Ordinal))
        {
            Interrupts.Enqueue(line[4..]);
            if (Interrupts.Count > MostInterrupts) Interrupts.Dequeue();
            return false;
        }

        if (line.StartsWith("OK ", StringComparison.Ordinal)) answer = line[3..];
        else if (line != "OK")
            throw new IOException($"QEMU's qtest answered '{Shortened(line)}' to '{Shortened(command)}'; OK was expected");
        return true;
    }

    private string? TakeLine() => lines.TryDequeue(out var line) ? line : null;

    /// <summary>Each byte is looked at once, however long the line becomes.</summary>
    private void Append(ReadOnlySpan<byte> received)
    {
        while (received.IndexOf((byte)'\n') is var end and >= 0)
        {
            pending.Append(Encoding.ASCII.GetString(received[..end]));
            lines.Enqueue(pending.ToString().TrimEnd('\r'));
            pending.Clear();
            received = received[(end + 1)..];
        }

        pending.Append(Encoding.ASCII.GetString(received));
    }

    /// <summary>Receives something more. False = nothing came in time.</summary>
    private bool Fill(string command, int milliseconds)
    {
        if (pending.Length > LongestLine) throw new IOException($"QEMU's qtest sends a line of more than {LongestLine} bytes");
        Span<bool> ready = stackalloc bool[1];
        if (!Readiness.Wait([link.Descriptor], ready, milliseconds)) return false;
        var received = link.Receive(buffer, [], wait: false);
        if (received == 0) throw new IOException($"QEMU has closed its qtest socket (asked: '{Shortened(command)}')");
        if (received > 0) Append(buffer.AsSpan(0, received));
        return true;
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
