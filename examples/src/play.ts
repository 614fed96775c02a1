console.log('The example is not written yet.')
