using System.Diagnostics;
using System.Text;

namespace Tracing.Tests.Live;

/// <summary>
/// A program that runs beside a test: what it says is kept, it has a time limit, and it is gone when the test is, whatever
/// happened. Only this process's own children are ever stopped, by their process id.
/// </summary>
internal sealed class Job : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();
    private readonly string name;
    private bool isOver;

    private Job(string name, ProcessStartInfo start)
    {
        this.name = name;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it said so far.</summary>
    public string Said
    {
        get
        {
            lock (said) return said.ToString();
        }
    }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>Starts the <c>capture</c> program of this build.</summary>
    public static Job Capture(params string[] arguments)
        => new("capture", new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "capture"), arguments));

    /// <summary>Starts a program.</summary>
    public static Job Start(string program, params string[] arguments) => new(program, new ProcessStartInfo(program, arguments));

    /// <summary>Starts a program in a folder or an environment of its own.</summary>
    public static Job Start(string name, ProcessStartInfo start) => new(name, start);

    /// <summary>Waits until it has said something.</summary>
    public void AwaitWord(string word, TimeSpan limit) => Await(() => Said.Contains(word, StringComparison.Ordinal), $"said '{word}'", limit);

    /// <summary>Waits until a file is there.</summary>
    public void AwaitFile(string path, TimeSpan limit) => Await(() => Path.Exists(path), $"made {path}", limit);

    /// <summary>Waits until something is so, as long as the program runs.</summary>
    public void Await(Func<bool> isThere, string what, TimeSpan limit)
    {
        var since = Stopwatch.GetTimestamp();
        while (!isThere())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(since) > limit)
                throw new TimeoutException($"{name} has not {what} {(process.HasExited ? "before it ended" : $"after {limit.TotalSeconds:0} s")}; it said:\n{Said}");
            Thread.Yield();
            process.WaitForExit(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public int AwaitEnd(TimeSpan limit)
    {
        if (!process.WaitForExit(limit)) throw new TimeoutException($"{name} has not ended after {limit.TotalSeconds:0} s; it said:\n{Said}");
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Ends it at once.</summary>
    public void Kill() => process.Kill();

    /// <summary>Asks it to end, by SIGTERM: what a shell starts in the background ignores SIGINT, and so do its children.</summary>
    public void Interrupt() => Tool.Run("/bin/sh", "-c", $"kill -TERM {process.Id}");

    /// <summary>Ends it if it still runs. The test that started it and the machine that keeps it may both ask for that.</summary>
    public void Dispose()
    {
        if (isOver) return;
        isOver = true;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        process.WaitForExit();
        process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (said) said.AppendLine(line.Data);
    }
}
