// Publishes events with Google's own client, as an app in Go would.
//
// usage: publish PROJECT TOPIC < EVENTS     where EVENTS has one JSON object a line.
// PUBSUB_EMULATOR_HOST says where to. Prints how many were acknowledged; fails unless all were.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"cloud.google.com/go/pubsub/v2"
)

const (
	patience   = time.Minute
	mostOfLine = 1 << 20
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: publish PROJECT TOPIC < EVENTS")
		os.Exit(2)
	}
	acknowledged, err := publish(os.Args[1], os.Args[2], os.Stdin)
	fmt.Println(acknowledged, "acknowledged")
	if err != nil {
		fmt.Fprintln(os.Stderr, "publish:", err)
		os.Exit(1)
	}
}

func publish(project, topic string, events io.Reader) (acknowledged int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	client, err := pubsub.NewClient(ctx, project)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, client.Close()) }()
	publisher := client.Publisher(topic)

	var results []*pubsub.PublishResult
	lines := bufio.NewScanner(events)
	lines.Buffer(nil, mostOfLine)
	for lines.Scan() {
		results = append(results, publisher.Publish(ctx, &pubsub.Message{
			Data:       bytes.Clone(lines.Bytes()),
			Attributes: map[string]string{"source": "go"},
		}))
	}
	publisher.Stop()
	err = lines.Err()
	for _, result := range results {
		if _, failed := result.Get(ctx); failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		acknowledged++
	}
	return acknowledged, err
}
