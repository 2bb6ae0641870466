using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Tracing.Analysis.Cli;

/// <summary>
/// Standard output as bytes. Of a pipe whose reader has gone the console's own stream says nothing, and a query would go on
/// for nobody.
/// </summary>
internal static class StandardOutput
{
    private const int Handle = 1;

    public static Stream Open()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            try
            {
                return new ReadPipe(new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(Handle, ownsHandle: false)));
            }
            catch (Exception exception) when (exception is IOException or ArgumentException)
            {
                // It is no pipe.
            }
        }

        return Console.OpenStandardOutput();
    }

    /// <summary>A pipe that somebody reads. It is not closed here: the process has it to its end.</summary>
    private sealed class ReadPipe(Stream pipe) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
            // Nothing is kept back.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            try
            {
                pipe.Write(buffer, offset, count);
            }
            catch (IOException exception)
            {
                throw new ReaderGoneException(exception);
            }
        }
    }
}

/// <summary>Nobody reads the output any more: <c>head</c> has seen enough.</summary>
internal sealed class ReaderGoneException(Exception inner) : Exception("nobody reads the output any more", inner);
